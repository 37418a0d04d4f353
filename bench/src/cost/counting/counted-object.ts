import { beginActivity } from "./activity.ts";
import { countedEnv } from "./counted-env.ts";
import { tellCount } from "./tell-count.ts";

type ObjectClass = new (ctx: DurableObjectState, env: object) => object;

/** A WebSocket's message is billed by twenties, its end not at all; every other event is a request. */
const UNBILLED = new Set(["constructor", "webSocketClose", "webSocketError"]);

/** The same class, whose events, rows and alarms are counted. */
export function countedObject<C extends ObjectClass>(objectClass: C): C {
  const { prototype } = objectClass;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    if (typeof method !== "function" || UNBILLED.has(name)) continue;
    const counted = name === "webSocketMessage" ? "object_message_in" : "object_request";
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: object, ...given: unknown[]) {
        tellCount(counted, 1, name);
        const end = beginActivity();
        return endingWith(end, () => Reflect.apply(method, this, given));
      },
    });
  }
  return new Proxy(objectClass, {
    construct(target, [ctx, env]: [DurableObjectState, object], newTarget) {
      countRows(ctx);
      return Reflect.construct(target, [ctx, countedEnv(env)], newTarget);
    },
  });
}

function endingWith(end: () => void, work: () => unknown): unknown {
  try {
    const answer = work();
    if (!(answer instanceof Promise)) end();
    return answer instanceof Promise ? answer.finally(end) : answer;
  } catch (error) {
    end();
    throw error;
  }
}

/** An alarm that is set is a row written; a statement says itself what it read and wrote, once it has run. */
function countRows(ctx: DurableObjectState): void {
  const { storage } = ctx;
  const { sql } = storage;
  // What is set on them must stay as long as the object: they are wrappers that could be made anew.
  held.add([storage, sql]);
  const exec = sql.exec.bind(sql);
  Object.defineProperty(sql, "exec", {
    value: (...given: Parameters<typeof exec>) => {
      const cursor = exec(...given);
      queueMicrotask(() => {
        tellCount("row_read", cursor.rowsRead);
        tellCount("row_written", cursor.rowsWritten, tableOf(given[0]));
      });
      return cursor;
    },
  });
  const setAlarm = storage.setAlarm.bind(storage);
  Object.defineProperty(storage, "setAlarm", {
    value: (...given: Parameters<typeof setAlarm>) => {
      tellCount("row_written", 1, "alarm");
      return setAlarm(...given);
    },
  });
}

function tableOf(statement: string): string {
  return statement.match(/\b(?:INTO|FROM|UPDATE|TABLE(?:\s+IF\s+NOT\s+EXISTS)?)\s+(\w+)/i)?.[1] ?? "other";
}

const held = new Set<object>();
