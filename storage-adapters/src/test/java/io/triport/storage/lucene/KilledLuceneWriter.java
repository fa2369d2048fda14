package io.triport.storage.lucene;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.KilledVectors;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.nio.file.Path;

/** The process that is killed while it writes batches; its arguments are the directory and the name of the index. */
final class KilledLuceneWriter {
    private KilledLuceneWriter() {}

    public static void main(String[] arguments) {
        var clock = SettableClock.anywhere();
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        var indexes =
                LuceneIndexes.open(Path.of(arguments[0]), VectorLimits.USUAL, seal, clock, new SeededRandomness(1));
        var index = indexes.open(new IndexName(arguments[1]));
        KilledVectors.write(index.orElseThrow(), System.out);
    }
}
