package io.triport.manager.bulk;

import io.triport.domain.object.ObjectStore;
import io.triport.manager.backup.BackupPath;
import io.triport.manager.backup.BackupStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Collectors;

/** The backups of all namespaces, as far as they are old. */
record OldBackups(ObjectStore files) {
    /**
     * Removes the oldest.
     *
     * @param until younger ones stay
     * @param kept so many of each namespace stay, the newest
     * @param most at once
     * @return how many went
     */
    int remove(Instant until, long kept, int most) {
        var backups = new BackupStore(files);
        var byNamespace = backups.all().stream().collect(Collectors.groupingBy(BackupPath::namespace));
        var old = byNamespace.values().stream()
                .flatMap(some -> some.stream()
                        .sorted(Comparator.comparingLong(BackupPath::millis).reversed())
                        .skip(kept))
                .filter(backup -> Instant.ofEpochMilli(backup.millis()).isBefore(until))
                .limit(most)
                .toList();
        backups.remove(old);
        return old.size();
    }
}
