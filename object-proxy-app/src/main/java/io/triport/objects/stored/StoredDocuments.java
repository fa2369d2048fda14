package io.triport.objects.stored;

import io.triport.domain.request.Bytes;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.ConfigError;
import io.triport.identity.directory.Directory;
import io.triport.identity.directory.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents by kind and name, sealed in a store that nodes share. Whatever changes one says which it means, so that of two who
 * change it at once none undoes what the other did. Failures are those of {@link Directory}. Safe for many threads.
 */
public final class StoredDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(StoredDocuments.class);
    private static final int REVISION_BYTES = 12;
    private static final int ATTEMPTS = 100;

    private final Directory directory;
    private final Randomness randomness;

    public StoredDocuments(Directory directory, Randomness randomness) {
        this.directory = directory;
        this.randomness = randomness;
    }

    public Optional<Held> find(Kind kind, String name) {
        return directory
                .find(kind.entries(), name)
                .flatMap(entry -> open(kind, entry).stream().findFirst());
    }

    /** In the order of their names. */
    public List<Held> all(Kind kind) {
        return directory.all(kind.entries()).stream()
                .flatMap(entry -> open(kind, entry).stream())
                .toList();
    }

    /** What another version of this program stored and this one cannot read is as if it were not there. */
    private static Optional<Held> open(Kind kind, Entry entry) {
        try {
            return Optional.of(Held.open(kind, entry));
        } catch (ConfigError e) {
            LOG.error("stored {} is not used: {}", kind.word(), e.getMessage());
            return Optional.empty();
        }
    }

    /** @return empty where there is one of this name */
    public Optional<Held> add(Kind kind, String name, Document document) {
        var held = Held.of(kind, name, revision(), document);
        return Stream.of(held).filter(each -> directory.add(each.entry())).findFirst();
    }

    /** @return empty where it is not as it was read any more */
    public Optional<Held> replace(Held before, Document document) {
        var after = Held.of(before.kind(), before.name(), revision(), document);
        return Stream.of(after)
                .filter(each -> directory.replace(before.entry(), each.entry()))
                .findFirst();
    }

    /**
     * Changes one, however often others do so at the same time.
     *
     * @return empty where there is none
     */
    public Optional<Held> change(Kind kind, String name, UnaryOperator<Document> change) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var before = find(kind, name);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            var after = replace(before.get(), change.apply(before.get().document()));
            if (after.isPresent()) {
                return after;
            }
        }
        throw new IllegalStateException(kind + " " + name + ": changed " + ATTEMPTS + " times while it was changed");
    }

    /** @return whether it was still as it was read */
    public boolean remove(Held before) {
        return directory.remove(before.entry());
    }

    private String revision() {
        return Bytes.copyOf(randomness.bytes(REVISION_BYTES)).toHex();
    }
}
