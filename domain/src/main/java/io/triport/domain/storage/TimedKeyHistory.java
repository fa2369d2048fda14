package io.triport.domain.storage;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.table.KeptVersion;
import io.triport.domain.table.KeyHistory;
import io.triport.domain.table.VersionSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A history whose calls are told to the log. */
final class TimedKeyHistory implements KeyHistory {
    private final KeyHistory history;
    private final CallTimer timer;

    TimedKeyHistory(KeyHistory history, CallTimer timer) {
        this.history = history;
        this.timer = timer;
    }

    @Override
    public void keep(NamespaceTitle namespace, List<KeptVersion> versions) {
        timer.change(
                "keep",
                () -> {
                    history.keep(namespace, versions);
                    return true;
                },
                done -> told("kept", versions.size()));
    }

    @Override
    public List<VersionSummary> versions(NamespaceTitle namespace, KvKey key, long before, int limit) {
        return timer.about(key.bytes())
                .read(
                        "versions",
                        () -> history.versions(namespace, key, before, limit),
                        found -> told("found", found.size()));
    }

    @Override
    public List<VersionSummary> deleted(NamespaceTitle namespace, long before, int limit) {
        return timer.read(
                "deleted", () -> history.deleted(namespace, before, limit), found -> told("found", found.size()));
    }

    @Override
    public Optional<KeptVersion> find(NamespaceTitle namespace, KvKey key, long number) {
        return timer.about(key.bytes())
                .read("find", () -> history.find(namespace, key, number), found -> told("found", found.isPresent()));
    }

    @Override
    public boolean remove(NamespaceTitle namespace, KvKey key, long number) {
        return timer.about(key.bytes())
                .change("remove", () -> history.remove(namespace, key, number), found -> told("removed", found));
    }

    @Override
    public void move(NamespaceTitle namespace, KvKey from, KvKey to) {
        timer.change(
                "move",
                () -> {
                    history.move(namespace, from, to);
                    return true;
                },
                done -> told("moved", done));
    }

    @Override
    public int trim(NamespaceTitle namespace, KvKey key, int most) {
        return timer.about(key.bytes())
                .change("trim", () -> history.trim(namespace, key, most), found -> told("removed", found));
    }

    @Override
    public int forget(Instant now, int most) {
        return timer.change("forget", () -> history.forget(now, most), found -> told("removed", found));
    }

    private static StorageCall.Done told(String name, Object value) {
        return new StorageCall.Done(name, value.toString());
    }
}
