import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';
import { chosenName } from './generated-ids.ts';

describe('what a generator made of method and path says nothing of reading', () => {
  it.each([
    ['tip_drivers__id__tip_get', '/drivers/{id}/tip', 'tip'],
    ['tip_drivers__id__tip_get', '/api/v1/drivers/{id}/tip', 'tip'],
    ['read_users_me_users_me_get', '/users/me', 'read_users_me'],
    ['tipUsingGET_1', '/drivers/{id}/tip', 'tip'],
    ['lock_get', '/locks/{id}', 'lock'],
    ['TipDriverGet', '/drivers/{id}/tip', 'TipDriver'],
    ['Drivers_TipGET', '/drivers/{id}/tip', 'Drivers_Tip'],
    ['widget', '/widget', 'widget'],
    ['get', '/widget', 'get'],
    ['drivers_tip_retrieve', '/drivers/{id}/tip', undefined],
    ['drivers_tip_list', '/drivers/{id}/tip', undefined],
    ['tips_list', '/drivers/{id}/tip', 'tips_list'],
  ])('%s at %s', (operationId, path, name) => {
    expect(chosenName(operationId, path)).toBe(name);
  });

  it.each(
    rows(`
/drivers/{id}/tip|tip_drivers__id__tip_get|Tip driver
/api/v1/drivers/{id}/tip|tip_drivers__id__tip_get|Tip Driver
/drivers/{id}/tip|getDriversIdTip|Tip driver
/drivers/{id}/tip|get_drivers_id_tip|Tip driver
/drivers/{id}/tip|get-drivers-by-id-tip|Tip driver
/drivers/{id}/tip|driversIdTipGet|Tip driver
/api/drivers/{id}/tip|ApiDriversByIdTipGet|Tip driver
/drivers/{id}/tip|drivers_tip_retrieve|Tip driver
/drivers/{id}/tip|drivers_tip_list|Tip driver
/drivers/{id}/tip|drivers_tip_read|Tip driver
/drivers/{id}/tip|Drivers_TipGET|Tip driver
/drivers/{id}/tip|Drivers_Tip|Tip driver
/drivers/{id}/tip|tipUsingGET|Tip driver
/drivers/{id}/tip|tip_1|Tip driver
/drivers/{id}/tip|DriversController_tip|Tip driver
/drivers/{id}/tip|TipDriverGet|Tip driver
/drivers/{id}/tip|get_tip_driver|Tip driver
/drivers/{id}/tip|GET_drivers_id_tip|Tip driver
/drivers/{id}/tip|tip_get|Tip driver
/drivers/{id}/tip|tipGet|Tip driver
/drivers/{id}/tip|myapp_api_tip_driver|Tip driver
/drivers/{id}/tip|drivers-tip_driver|Tip driver
/users/{id}/ghost|ghost_users__id__ghost_get|Ghost user
/car/honk|honk_car_honk_get|Honk
/loan/{id}/underwrite|underwrite_loan__id__underwrite_get|Underwrite loan
/rides/{rideId}/surge|surge_rides__rideId__surge_get|Surge pricing on
/couriers/{id}/dispatch|dispatch_couriers__id__dispatch_get|Dispatch courier
/kiosk/greet|kiosk_greet_retrieve|Greet visitor
/robots/{id}/dock|getRobotsIdDock|Dock the robot
/looms/{id}/weave|weave_looms__id__weave_get|Weave pattern
/shops/{id}/restyle|restyle_shops__id__restyle_get|Restyle shop
/kilns/{id}/preheat|Kilns_PreheatGET|Preheat kiln
/bees/{id}/smoke|smoke_bees__id__smoke_get|Smoke the hive
/pigeons/{id}/release|ReleasePigeonGet|Release pigeon
/lockers/{id}/pop|pop_lockers__id__pop_get|Pop locker
/clients/{id}/poach|poach_clients__id__poach_get|Poach client
/fields/{id}/irrigate|fields_irrigate_list|Irrigate field
/ovens/{id}/bake|bakeUsingGET_2|Bake bread
/chats/{id}/nuke|nuke_chats__id__nuke_get|Nuke chat
/tapes/{id}/spool|spool_tapes__id__spool_get|Spool tape
/debts/{id}/write-off|write_off_debts__id__write_off_get|Write off debt`),
  )('so that what may be done is not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(
    rows(`
/rides/{rideId}/fare|fare_rides__rideId__fare_get|Ride fare
/couriers|couriers_list|List couriers
/couriers/{id}|couriers_retrieve|Courier
/refunds/{refund_id}|read_refund_refunds__refund_id__get|Refund
/transfers/{id}|transfers_retrieve|Transfer
/charges/{id}|charge_get|Charge
/votes/{id}|getVote|Vote
/locks/{lockId}|LocksController_findOne|Lock
/exports/{id}|exports_read|Export
/leaves|leaves_leaves_get|Leaves
/invites/{id}|invite_get|Invite
/transactions/{id}/receipt|receipt_transactions__id__receipt_get|Transaction receipt
/health|health_health_get|Health
/items/{item_id}|read_item_items__item_id__get|Read Item
/users/me|read_users_me_users_me_get|Read Users Me
/models|list_models_models_get|List Models
/config|configGet|Configuration
/metrics|Metrics_GetAll|All metrics
/reports/{id}/summary|getReportsIdSummary|Report summary
/orders/{id}/items|orders_items_list|Order items`),
  )('and what reads is called: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});

describe('verbs in the third person that tell elsewhere', () => {
  it.each(
    rows(`
/q/{id}|q_q__id__get|Orders more stock
/v/{id}|v_v__id__get|Lists the item for sale
/w/{id}|w_w__id__get|Dates the cheque
/aa/{id}|aa__id__get|Counts the vote in
/ac/{id}|ac__id__get|Shows the user the door
/ae/{id}|ae__id__get|Returns the item to stock
/af/{id}|af__id__get|Checks the guest in
/ag/{id}|ag__id__get|Checks out the book
/ai/{id}|ai__id__get|Finds the defendant guilty
/a/1|op1|Returns the car to the fleet
/a/1|op1|Return to base
/a/1|op1|Gives the user a badge
/a/1|op1|Pages the on-call engineer
/a/1|op1|Resolve ticket
/a/1|op1|Resolves the incident
/a/1|op1|Check in guest
/a/1|op1|Check the box
/a/1|op1|Display message on the board
/a/1|op1|Reads the text aloud
/a/1|op1|Shows the guest out
/a/1|op1|Watch repository
/a/1|op1|Counts down
/a/1|op1|Orders a taxi
/a/1|op1|Selects the winner
/v1/pawn/{id}|pawn_pawn__id__get|Pawns the watch
/v1/c/{id}|c_c__id__get|Emails the customer a receipt
/v1/d/{id}|d_d__id__get|Hands the parcel to the courier
/v1/e/{id}|e_e__id__get|Walks the dog
/v1/f/{id}|f_f__id__get|Returns the deposit to the tenant
/v1/g/{id}|g_g__id__get|Checks the luggage through
/v1/h/{id}|h_h__id__get|Shows the employee out
/v1/i/{id}|i_i__id__get|Displays a warning on the dashboard screen
/v1/j/{id}|j_j__id__get|Gives the driver five stars
/v1/k/{id}|k_k__id__get|Lists the flat for rent
/v1/l/{id}|l_l__id__get|Resolves the complaint
/v1/m/{id}|m_m__id__get|Orders another battery
/v1/n/{id}|n_n__id__get|Pages the nurse
/v1/o/{id}|o_o__id__get|Finds the player guilty
/order/cancel/{id}|cancelOrder|取消订单记录`),
  )('are deeds: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });

  it.each(
    rows(`
/a/1|op1|Returns the list of items
/a/1|op1|Returns the distance to home
/a/1|op1|Returns a link to the store
/a/1|op1|Orders by date
/a/1|op1|Order details
/a/1|op1|Checks the status
/a/1|op1|Check if user exists
/a/1|op1|Gives a list of users
/a/1|op1|Gives the number of points
/a/1|op1|Display name
/a/1|op1|Shows the user
/a/1|op1|Counts the votes
/a/1|op1|Lists the items
/a/1|op1|Lists items for sale
/a/1|op1|Resolve DNS name
/a/1|op1|Resolves the user by email
/a/1|op1|Watch events
/a/1|op1|Page of users
/a/1|op1|Reads the sensor
/q/1|q1|Returns the item
/q/2|q2|Returns items in stock
/q/3|q3|Orders of a customer
/q/4|q4|Checks whether the book is checked out
/q/5|q5|Shows the door state
/q/6|q6|Lists guests
/q/7|q7|Gives the state of the order
/q/8|q8|Display settings
/q/9|q9|Resolves a short link
/q/10|q10|Counts open tickets
/q/11|q11|Date of the next delivery`),
  )('and only tell: %s', (row) => {
    expect(answerTo(row)).toBe('reads');
  });
});
