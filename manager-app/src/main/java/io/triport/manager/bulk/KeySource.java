package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.KvKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which keys a job is about, in an order that is the same after a restart. For one thread. */
interface KeySource extends AutoCloseable {
    /** A key with the place behind it. @param key null for a name that no key can have */
    record Item(String name, @Nullable KvKey key, ObjectNode position) {}

    /** Some of the keys. @param position the place behind them and behind those that were left out @param last whether nothing follows */
    record Page(List<Item> items, ObjectNode position, boolean last) {}

    /** At most so many. */
    Page next(int most);

    @Override
    void close();
}
