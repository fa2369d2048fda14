package io.triport.storage.jdbc;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Where the statements of the tables run: on an engine at large, or within one unit of its writes. */
public interface TableAccess {
    /** The name of the source of connections for the repositories. */
    String SOURCE = "tables";

    /** Set in the one context that has the repositories. Any other has none of them, and no source of connections. */
    String WANTED = "triport.repositories";

    /** Runs statements that change nothing. */
    <R> R read(Supplier<R> work);

    /** Runs statements that take effect together, or not at all when the work throws. */
    <R> R write(Supplier<R> work);

    /** Within a unit of writes: nobody else writes these keys before it ends. Elsewhere it does nothing. */
    void hold(NamespaceTitle namespace, List<KvKey> keys);

    Clock clock();
}
