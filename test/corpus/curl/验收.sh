#!/bin/bash
# 上线后逐条执行
BASE="https://report.example.com/api"
TOKEN=$(cat ~/.report-token)

# 报表列表
curl -s "$BASE/reports?page=1&size=10" -H "Authorization: Bearer $TOKEN"

# 报表详情
curl -sS -H "Authorization: Bearer $TOKEN" \
  "$BASE/reports/2024-05"

# 指标字典
curl -s -G "$BASE/metrics" --data-urlencode "keyword=客单价" -d limit=5 -H "Authorization: Bearer $TOKEN"

# 生成报表
curl -s -X POST "$BASE/reports" \
  -H 'Content-Type: application/json' \
  -H "Authorization: Bearer $TOKEN" \
  -d '{
    "month": "2024-05",
    "stores": [301, 302]
  }'

# 上传模板
curl -s -F 'file=@template.xlsx' -F type=monthly "$BASE/templates" -H "Authorization: Bearer $TOKEN"

# 删除模板
curl -s -X DELETE -H "Authorization: Bearer $TOKEN" "$BASE/templates/9"

# 存活
curl -sf https://report.example.com/healthz
