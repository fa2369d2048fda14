package io.triport.manager.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvStart;
import io.triport.manager.answer.Json;
import io.triport.manager.key.KeySpace;
import java.util.ArrayList;

/** Keys that a selection finds, in byte order. */
final class WalkedKeys implements KeySource {
    private final KeySpace space;
    private final KeySelection selection;
    private KvStart start;

    /** @param position of the last item that was done; empty at the beginning */
    WalkedKeys(KeySpace space, KeySelection selection, JsonNode position) {
        this.space = space;
        this.selection = selection;
        this.start = position.has("after")
                ? new KvStart.After(KvKey.of(position.get("after").asText()))
                : KvStart.BEGINNING;
    }

    @Override
    public Page next(int most) {
        var listed = space.keys().list(new KvQuery(selection.prefix(), start, most));
        var keys = listed.keys().stream().map(KvListed::key).toList();
        var items = new ArrayList<Item>();
        if (!keys.isEmpty()) {
            var records = space.catalogue().find(space.title(), keys);
            for (var key : keys) {
                var found = records.get(key);
                if (found != null && selection.matches(found)) {
                    items.add(new Item(key.text(), key, position(key)));
                }
            }
            start = new KvStart.After(keys.getLast());
        }
        return new Page(
                items, keys.isEmpty() ? Json.object() : position(keys.getLast()), listed instanceof KvPage.Last);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private static ObjectNode position(KvKey key) {
        return Json.object().put("after", key.text());
    }
}
