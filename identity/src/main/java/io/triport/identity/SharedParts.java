package io.triport.identity;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Parts that several mechanisms have together, such as a table in memory: one for each key, for as long as somebody has it. Safe for
 * many threads: its own lock guards all.
 */
public final class SharedParts {
    private final Map<Object, WeakReference<?>> parts = new HashMap<>();

    /** @param key equal for those that have one part together. @param fresh makes it where nobody has it */
    public synchronized <T> T part(Class<T> type, Object key, Supplier<T> fresh) {
        parts.values().removeIf(part -> part.get() == null);
        var known = parts.get(key);
        if (known != null && type.isInstance(known.get())) {
            return type.cast(known.get());
        }
        var made = fresh.get();
        parts.put(key, new WeakReference<>(made));
        return made;
    }
}
