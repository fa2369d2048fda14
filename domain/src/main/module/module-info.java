import org.jspecify.annotations.NullMarked;

/**
 * The three ports and the gate between them. Exported packages are all there is; what makes a grant is package-private.
 */
@NullMarked
module io.triport.domain {
    requires static transitive org.jspecify;

    exports io.triport.domain.access;
    exports io.triport.domain.audit;
    exports io.triport.domain.cache;
    exports io.triport.domain.cursor;
    exports io.triport.domain.durable;
    exports io.triport.domain.failure;
    exports io.triport.domain.identity;
    exports io.triport.domain.inference;
    exports io.triport.domain.keyvalue;
    exports io.triport.domain.object;
    exports io.triport.domain.queue;
    exports io.triport.domain.request;
    exports io.triport.domain.schedule;
    exports io.triport.domain.sql;
    exports io.triport.domain.storage;
    exports io.triport.domain.table;
    exports io.triport.domain.time;
    exports io.triport.domain.vector;
}
