import { describe, expect, it } from 'vitest';
import { answerTo, rows } from './judged.fixture.ts';

describe('a verb and its object, in no list or a noun as well', () => {
  it.each(
    rows(`
/keys/roll|rollKeys|Roll keys
/mail/bounce|bounceMail|Bounce mail
/wal/checkpoint|checkpointWal|Checkpoint WAL
/orders/hold|putOrderOnHold|Put order on hold
/data/xf|xfData|修复数据
/ad/sb|sbClick|上报点击
/drone/hover|hoverDrone|Hover drone
/node/taint|taintNode|Taint node
/nft/airdrop|airdrop|Airdrop
/letter/stamp|stampLetter|Stamp letter
/batch/stage|stageBatch|Stage batch
/img/crop|cropImage|Crop image in place
/gate/latch|latchGate|Latch gate
/valve/bleed|bleedValve|Bleed valve
/pos/ring|ringUp|Ring up sale
/car/locate|findCar|鸣笛寻车
/task/zp|zpTask|转派工单
/task/gp||改派订单
/x/1||修复库存
/vessels/{id}/berth||Berth vessel
/parcels/{id}/weigh-in||Weigh in parcel
/events/{id}/rsvp||Rsvp to event
/patients/{id}/phone||Phone the patient
/x/1||Blocklist IP
/x/1||Flag comment
/x/1||Release escrow
/x/1||Dock bike
/x/1||Raise bed
/x/1||Burn card
/x/1||Pulse relay
/x/1||Prime pump
/x/1||Quash warrant
/x/1||Douse lantern
/x/1||Take node out of service
/fleet/disperse||Clamp wheel
/wheels/clamp|clampWheels|Clamp wheels
/stoves/stoke|stokeStoves|
/x/1|homeRobot|
/x/1|hitShare|
/x/1|touchKey|
/x/1|mockUser|
/x/1|burnPoint|
/x/1|getUserOrReg|
/x/1|flashFw|
/x/1|raiseBed|
/sign/do||
/seat/hold||
/member/{id}/level/up||
/keys/roll||`),
  )('is not called: %s', (row) => {
    expect(answerTo(row)).not.toBe('reads');
  });
});

const reading = rows(`
/broken-kanarie|kanarie-broken|
/x/1||Order items
/x/1||Bed status
/x/1||Roll history
/x/1||Stage list
/x/1||Hold reasons
/x/1||Stamp types
/x/1||Latch state
/x/1||Pulse rate
/x/1||Bounce rate
/x/1||Crop report
/x/1||Prime members
/x/1||Key details
/x/1||Relay config
/x/1||Burn rate
/x/1||User profile
/x/1||Home page
/x/1||Account balance
/x/1||Weather forecast
/x/1||Site map
/x/1||Exchange rate
/x/1||Customer address
/x/1||Product catalog
/x/1||Device inventory
/x/1||Team members
/x/1||Stock level
/x/1||Server version
/x/1||Market summary
/x/1||Currency rates
/x/1||Page views
/x/1||Sales funnel
/x/1||Flight schedule
/x/1||Room availability
/x/1||Class timetable
/x/1||Seat map
/x/1||Gift card
/x/1||Touch point
/x/1||Time zone
/x/1||Phone book
/x/1||Event calendar
/x/1||Tax brackets
/x/1||Order book
/x/1||Node tree
/x/1||Disk usage
/x/1||Service health
/x/1||Cost center
/x/1||Public key
/x/1||Default currency
/x/1||Latest block
/x/1||Active session
/x/1||Current user
/x/1||Next page
/x/1||Best seller
/x/1||API status
/x/1||Media library
/x/1||Country code
/x/1|userProfile|
/x/1|orderItem|
/x/1|roomType|
/x/1|deviceModel|
/x/1|stageList|
/x/1|lampState|
/x/1|weatherForecast|
/x/1|gameLobby|
/x/1|shopBanner|
/amap/location|amapLocation|
/order-items||Order items
/bed/status||Bed status
/glyph/sheet|glyphSheet|Glyph sheet
/user/profile||
/news/flash||
/team/plan||
/video/frame||
/x/1||修复记录
/x/1||修复进度
/x/1||鸣笛记录
/x/1||转派记录
/x/1||工单转派列表
/x/1||上报记录`);

describe('two nouns, of which the first may be a verb', () => {
  it('are called nearly always', () => {
    expect(reading.length).toBeGreaterThan(70);
    expect(reading.filter((row) => answerTo(row) !== 'reads')).toEqual([]);
  });
});
