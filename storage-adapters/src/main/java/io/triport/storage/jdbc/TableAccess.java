package io.triport.storage.jdbc;

import java.time.Clock;
import java.util.function.Supplier;

/** Where the statements of the tables run: on an engine at large, or within one unit of its writes. */
public interface TableAccess {
    /** Runs statements that change nothing. */
    <R> R read(Supplier<R> work);

    /** Runs statements that take effect together, or not at all when the work throws. */
    <R> R write(Supplier<R> work);

    Clock clock();
}
