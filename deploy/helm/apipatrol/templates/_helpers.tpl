{{- define "apipatrol.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "apipatrol.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "apipatrol.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "apipatrol.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "apipatrol.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "apipatrol.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "apipatrol.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "apipatrol.configMap" -}}
{{- default (include "apipatrol.fullname" .) .Values.existingConfigMap -}}
{{- end -}}

{{/* What the values say comes before what is filled in. */}}
{{- define "apipatrol.config" -}}
{{- $store := dict "path" "/data/patrol.db" -}}
{{- if eq .Values.mode "ha" -}}
{{- $store = dict "path" "/data/patrol.db" "url" .Values.database.url -}}
{{- end -}}
{{- $filled := dict "server" (dict "host" "0.0.0.0" "port" 8420) "store" $store -}}
{{- toYaml (mergeOverwrite $filled (deepCopy .Values.config)) -}}
{{- end -}}

{{- define "apipatrol.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "apipatrol.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* What all pods of a release share. */}}
{{- define "apipatrol.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "apipatrol.pod" -}}
metadata:
  labels:
    {{- include "apipatrol.labels" . | nindent 4 }}
    app.kubernetes.io/component: server
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "apipatrol.serviceAccountName" . }}
  automountServiceAccountToken: false
  # Variables named after services of the namespace say nothing to it.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
  securityContext:
    {{- include "apipatrol.podSecurity" . | nindent 4 }}
  {{- with include "apipatrol.placement" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- if .Values.affinity }}
  affinity:
    {{- toYaml .Values.affinity | nindent 4 }}
  {{- else if eq .Values.mode "ha" }}
  # Two on one host are gone together.
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "apipatrol.selector" . | nindent 16 }}
                app.kubernetes.io/component: server
  {{- end }}
  containers:
    - name: apipatrol
      image: {{ include "apipatrol.image" . }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args: [serve, --log, json]
      securityContext:
        {{- include "apipatrol.containerSecurity" . | nindent 8 }}
      ports:
        - { name: http, containerPort: 8420 }
      env:
        - { name: TZ, value: {{ .Values.timeZone | quote }} }
        {{- if .Values.key.existingSecret }}
        - name: APIPATROL_KEY
          valueFrom:
            secretKeyRef: { name: {{ .Values.key.existingSecret }}, key: {{ .Values.key.name }} }
        {{- end }}
        {{- if .Values.database.existingSecret }}
        - name: DATABASE_PASSWORD
          valueFrom:
            secretKeyRef: { name: {{ .Values.database.existingSecret }}, key: {{ .Values.database.passwordKey }} }
        {{- end }}
        {{- with .Values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.secretEnv }}
      envFrom:
        {{- range . }}
        - secretRef: { name: {{ . }} }
        {{- end }}
      {{- end }}
      # It waits ten minutes for a database that is away; until then it listens to nobody.
      startupProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 5
        failureThreshold: 130
      livenessProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 20
        timeoutSeconds: 10
        failureThreshold: 6
      # Whether it does its work is no reason to end it.
      readinessProbe:
        httpGet: { path: /readyz, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      volumeMounts:
        # A folder and no subPath, which would never change.
        - { name: config, mountPath: /etc/apipatrol, readOnly: true }
        {{- if .Values.secretFiles }}
        - { name: secrets, mountPath: /etc/apipatrol-secrets, readOnly: true }
        {{- end }}
        - { name: data, mountPath: /data }
        - { name: tmp, mountPath: /tmp }
  volumes:
    - name: config
      configMap: { name: {{ include "apipatrol.configMap" . }} }
    {{- if .Values.secretFiles }}
    - name: secrets
      secret: { secretName: {{ .Values.secretFiles }}, defaultMode: 0440 }
    {{- end }}
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- if eq .Values.mode "ha" }}
    # Its socket for commands; what is stored is in the database.
    - name: data
      emptyDir: { sizeLimit: 1Gi }
    {{- else if .Values.persistence.existingClaim }}
    - name: data
      persistentVolumeClaim: { claimName: {{ .Values.persistence.existingClaim }} }
    {{- end }}
{{- end -}}
