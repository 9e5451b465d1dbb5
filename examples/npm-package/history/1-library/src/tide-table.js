/**
 * Reads a turning point written as `HH:MM=metres`, for example `06:12=0.8`.
 * @throws {RangeError} when the time or the height is none.
 */
export function parseTurningPoint(text) {
  const [, hours, minutes, metres] = /^(\d{1,2}):(\d{2})=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (!metres || Number(hours) > 23 || Number(minutes) > 59) {
    throw new RangeError(`expected HH:MM=metres, for example 06:12=0.8, found "${text}"`);
  }
  return { minute: Number(hours) * 60 + Number(minutes), metres: Number(metres) };
}

/**
 * Lists the heights from the first to the last turning point, `every` so many minutes.
 * @throws {RangeError} when the times are not in order.
 */
export function tideTable(turningPoints, every = 60) {
  if (turningPoints.length < 2) throw new RangeError("expected at least two turning points");
  if (!(Number.isInteger(every) && every > 0)) throw new RangeError("expected a positive whole number of minutes");
  const points = inOrder(turningPoints);
  const rows = [];
  for (let minute = points[0].minute; minute <= points.at(-1).minute; minute += every) {
    rows.push({ time: clockTime(minute), metres: heightAt(points, minute) });
  }
  return rows;
}

function inOrder(points) {
  const wrong = points.findIndex(({ minute }, index) => index > 0 && minute <= points[index - 1].minute);
  if (wrong >= 0) throw new RangeError(`expected times in order, found ${clockTime(points[wrong].minute)} too early`);
  return points;
}

/** Between two turning points the water follows half a cosine, the curve behind the rule of twelfths. */
function heightAt(points, minute) {
  const next = Math.max(
    1,
    points.findIndex((point) => point.minute >= minute),
  );
  const [from, to] = [points[next - 1], points[next]];
  const phase = Math.PI * ((minute - from.minute) / (to.minute - from.minute));
  const metres = (from.metres + to.metres) / 2 + ((from.metres - to.metres) / 2) * Math.cos(phase);
  return Math.round(metres * 100) / 100;
}

function clockTime(minute) {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
