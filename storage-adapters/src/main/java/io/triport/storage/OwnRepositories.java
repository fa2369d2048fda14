package io.triport.storage;

import io.micronaut.context.ApplicationContext;
import io.triport.storage.table.TableRepositories;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The repositories of the tables, opened for the first who asks: most apps never do. Safe for many threads. */
final class OwnRepositories implements Supplier<TableRepositories>, AutoCloseable {
    private @Nullable ApplicationContext context;

    @Override
    public synchronized TableRepositories get() {
        if (context == null) {
            context = TableRepositories.open();
        }
        return context.getBean(TableRepositories.class);
    }

    @Override
    public synchronized void close() {
        if (context != null) {
            context.close();
        }
    }
}
