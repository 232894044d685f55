import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

/** Made up after the words were gathered; one deed of forty and a read none were judged wrongly at first. */
describe('GETs with the operationIds of generators, and titles in the third person', () => {
  it.each(
    rows(`
/goats/{id}/milk|milk_goats__id__milk_get|Milk goat
/elevators/{id}/summon|summon_elevators__id__summon_get|Summon elevator
/students/{id}/expel|students_expel_retrieve|Expel student
/barrels/{id}/tap|tap_barrels__id__tap_get|Tap barrel
/kids/{id}/spank|spank_kids__id__spank_get|Ground kid
/beds/{id}/make|getBedsIdMake|Make the bed
/sheep/{id}/shear|shear_sheep__id__shear_get|Shear sheep
/ships/{id}/sink|SinkShipGet|Sink ship
/horses/{id}/saddle|saddle_horses__id__saddle_get|Saddle horse
/bikes/{id}/unchain|unchain_bikes__id__unchain_get|Unchain bike
/cams/{id}/pan|pan_cams__id__pan_get|Pan camera
/guests/{id}/upgrade|upgrade_guests__id__upgrade_get|Upgrade guest
/mails/{id}/snail|snail_mails__id__snail_get|Post letter
/a/1|a_a__1_get|Returns the umbrella to the stand
/a/2|a2_get|Shows the intruder out
/a/3|a3_get|Checks the parcel in
/a/4|a4_get|Gives the player 10 coins
/a/5|a5_get|Displays text on the LED panel
/a/6|a6_get|Resolves all alerts
/a/7|a7_get|Lists the car on the marketplace
/a/8|a8_get|Orders a replacement
/a/9|a9_get|Pages the on-call manager
/a/10|a10_get|Finds the suspect not guilty
/a/11|a11_get|Reads the announcement out loud
/a/12|a12_get|Counts the ballots in
/a/13|a13_get|Tips the waiter
/a/14|a14_get|Fires the employee
/a/15|a15_get|Docks the salary
/a/16|a16_get|Crowns the winner
/b/1|b1|给客户打标
/b/2|b2|放进回收站
/b/3|b3|同步播放进度
/b/4|b4|把商品加购
/b/5|b5|修改预约时段
/b/6|b6|充值
/b/7|b7|锁定
/b/8|cancelOrder|取消订单
/b/9|b9|登录
/b/10|b10|踢出房间`),
  )('that do something are not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(
    rows(`
/goats|goats_goats_get|Goats
/elevators/{id}|elevator_get|Elevator
/students|students_list|Students
/students/{id}/grades|grades_students__id__grades_get|Student grades
/tickets/{id}|tickets_retrieve|Ticket
/transfers/{transfer_id}|get_transfer_transfers__transfer_id__get|Get Transfer
/deposits/{id}|deposit_get|Deposit
/orders/{orderId}|OrdersController_findOne|Order
/reviews/{id}|reviews_read|Review
/ping|ping_ping_get|Ping
/version|version_version_get|Version
/status|read_status_status_get|Read Status
/items|read_items_items_get|Read Items
/weather/today|weatherTodayGet|Weather today
/menus/tree|Menus_TreeGET|Menu tree
/stock/levels|StockLevelsGet|Stock levels
/prices/history|prices_history_list|Price history
/c/1|c1_get|Returns the number of items in stock
/c/2|c2_get|Returns a user by id
/c/3|c3_get|Orders of the customer
/c/4|c4_get|Checks the health of the service
/c/5|c5_get|Gives details of an order
/c/6|c6_get|Displays the settings
/c/7|c7_get|Resolves a hostname
/c/8|c8_get|Lists the tickets
/c/9|c9_get|Counts the users
/c/10|c10_get|Reads a register
/c/11|c11_get|Finds an order
/c/12|c12_get|Shows the balance
/d/1|d1|往期回放
/d/2|d2|赠送面额
/d/3|d3|文件回收站
/d/4|d4|打包进度
/d/5|d5|我的待办审批
/d/6|d6|取消交易流水
/d/7|d7|驳回原因枚举
/d/8|d8|SPU库存
/d/9|listDeleteLogs|删除日志
/d/10|d10|会员等级
/d/11|d11|门店营业时间`),
  )('that read are called: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
