package io.triport.storage;

import io.triport.domain.storage.StorageLevel;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import io.triport.storage.lucene.LuceneIndexes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vector indexes beside an engine: files of the node, or in the database that all nodes have.
 *
 * @param levels how busy they are
 * @param closing ends what they hold
 */
record OpenVectors(VectorIndexes indexes, List<StorageLevel> levels, Runnable closing) implements AutoCloseable {
    /** The folder for files. */
    private static final String FOLDER = "vectors";

    /** @param limits null for an app that has no vector indexes */
    static OpenVectors of(
            OpenEngine open,
            StorageSettings settings,
            @Nullable VectorLimits limits,
            Clock clock,
            Randomness randomness) {
        if (limits == null) {
            return new OpenVectors(VectorIndexes.none(), List.of(), () -> {});
        }
        var shared = open.vectors();
        if (shared != null) {
            var indexes = shared.apply(limits);
            return new OpenVectors(indexes, indexes.levels(), indexes::close);
        }
        var folder = Path.of(settings.directory()).resolve(FOLDER);
        var files = LuceneIndexes.open(folder, limits, open.engine().cursors(), clock, randomness);
        return new OpenVectors(files, files.levels(), files::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
