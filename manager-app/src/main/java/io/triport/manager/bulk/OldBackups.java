package io.triport.manager.bulk;

import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectStore;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backups of all namespaces, as far as they are old. */
record OldBackups(ObjectStore files) {
    private static final String ALL = "backups/";

    /**
     * Removes the oldest.
     *
     * @param until younger ones stay
     * @param kept so many of each namespace stay, the newest
     * @param most at once
     * @return how many went
     */
    int remove(Instant until, long kept, int most) {
        var old = byNamespace().values().stream()
                .flatMap(backups -> backups.stream()
                        .sorted(Comparator.comparingLong(BackupPath::millis).reversed())
                        .skip(kept))
                .filter(backup -> Instant.ofEpochMilli(backup.millis()).isBefore(until))
                .limit(most)
                .toList();
        new BackupStore(files).remove(old);
        return old.size();
    }

    private Map<String, List<BackupPath>> byNamespace() {
        var found = new TreeMap<String, List<BackupPath>>();
        var query = ObjectQuery.of(ALL);
        while (true) {
            var page = files.list(query);
            for (var entry : page.entries()) {
                if (entry instanceof Listed.Item item
                        && BackupPath.matches(item.info().key().text())) {
                    var path = BackupPath.parse(item.info().key().text());
                    found.computeIfAbsent(path.namespace(), absent -> new ArrayList<>())
                            .add(path);
                }
            }
            if (!(page instanceof ObjectPage.More more)) {
                return found;
            }
            query = query.from(new ListStart.Resumed(more.next()));
        }
    }
}
