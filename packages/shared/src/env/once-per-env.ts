/**
 * What `make` makes of an environment, made once: every request of an isolate is given the same object. What `make` throws is
 * thrown, and tried again at the next request.
 */
export function oncePerEnv<T>(make: (env: object) => T): (env: object) => T {
  const known = new WeakMap<object, T>();
  return (env) => {
    const made = known.get(env) ?? make(env);
    known.set(env, made);
    return made;
  };
}
