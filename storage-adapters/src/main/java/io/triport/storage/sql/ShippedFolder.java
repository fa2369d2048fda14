package io.triport.storage.sql;

import io.triport.domain.object.Listed;
import io.triport.domain.sql.DatabaseId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a bucket has of a database. @param logs from the first on; two of one place come from two histories */
record ShippedFolder(
        boolean described, List<ShippedPieces<ShippedFile.Log>> logs, List<ShippedPieces<ShippedFile.Copy>> copies) {
    private static final int HEX = 16;

    /** @param sumBytes that each object has behind the bytes of the file */
    static ShippedFolder of(DatabaseId id, List<Listed.Item> items, int sumBytes) {
        Map<ShippedFile.Log, ShippedPieces<ShippedFile.Log>> logs = new LinkedHashMap<>();
        Map<ShippedFile.Copy, ShippedPieces<ShippedFile.Copy>> copies = new LinkedHashMap<>();
        var described = false;
        for (var item : items) {
            var key = item.info().key();
            described |= key.equals(ShippedNames.about(id));
            var name = key.text().substring(ShippedNames.folder(id).length());
            var at = name.lastIndexOf('/') + 1;
            if (at == 0 || !name.substring(at).matches("[0-9a-f]{16}")) {
                continue;
            }
            var from = Long.parseUnsignedLong(name, at, name.length(), HEX);
            var size = item.info().size() - sumBytes;
            switch (ShippedFile.of(name.substring(0, at - 1))) {
                case ShippedFile.Log log ->
                    logs.computeIfAbsent(log, ShippedPieces::new).sizes().put(from, size);
                case ShippedFile.Copy copy ->
                    copies.computeIfAbsent(copy, ShippedPieces::new).sizes().put(from, size);
                case null -> {}
            }
        }
        var inOrder = new ArrayList<>(logs.values());
        inOrder.sort(Comparator.comparingInt(pieces -> pieces.file().place()));
        return new ShippedFolder(described, inOrder, List.copyOf(copies.values()));
    }

    /** Copies of which no piece is missing. */
    List<ShippedFile.Copy> whole() {
        return copies.stream()
                .filter(pieces -> pieces.end() == pieces.file().bytes())
                .map(ShippedPieces::file)
                .toList();
    }
}
