package io.triport.testkit;

import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorIndex;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A process that writes vectors until it is killed and tells each answered batch, as {@link KilledWriter#killAfter} reads it. */
public final class KilledVectors {
    /** Vectors of a batch. */
    public static final int BATCH = 20;

    public static final IndexShape SHAPE = new IndexShape(3, Metric.EUCLIDEAN);

    private KilledVectors() {}

    /** Writes without end; for the main method of the process that will be killed. */
    public static void write(VectorIndex index, PrintStream out) {
        for (var number = 0; number >= 0; number++) {
            index.upsert(batch(number));
            out.println("written " + number);
            out.flush();
        }
    }

    /** Of the number, and of no other. */
    public static List<Vector> batch(int number) {
        return IntStream.range(0, BATCH)
                .mapToObj(part -> Vector.of(number + "/" + part, number, part, 1))
                .toList();
    }

    public static Set<VectorId> ids(int number) {
        return batch(number).stream().map(Vector::id).collect(Collectors.toSet());
    }
}
