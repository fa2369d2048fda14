package io.triport.domain.vector;

import io.triport.domain.failure.StorageFailure;

/**
 * What to search for.
 *
 * @param topK how many matches at most, 1..100; 1..20 where they come with values or all metadata
 */
public record VectorQuery(Target target, int topK, Where where, VectorFilter filter, Returned returned) {
    private static final int MOST = 100;
    private static final int MOST_WHOLE = 20;

    /** What matches have to be near. */
    public sealed interface Target {
        /** These values. */
        record Values(VectorValues values) implements Target {}

        /** The values of a vector of the index, which is a match too. */
        record Stored(VectorId id) implements Target {}
    }

    /** Where to search. */
    public sealed interface Where {
        Where EVERYWHERE = new Everywhere();

        /** All of the index. */
        record Everywhere() implements Where {}

        /** One namespace; {@link VectorNamespace#NONE} for the vectors that name none. */
        record Within(VectorNamespace namespace) implements Where {}
    }

    /** What matches come with, beside id, score and namespace. */
    public record Returned(Values values, Metadata metadata) {
        /** Nothing else. */
        public static final Returned BARE = new Returned(Values.LEFT_OUT, Metadata.NONE);

        /** Values. */
        public enum Values {
            LEFT_OUT,
            WHOLE
        }

        /** Metadata. */
        public enum Metadata {
            NONE,
            /** Properties that are indexed, strings as far as they are. */
            INDEXED,
            ALL
        }

        private boolean whole() {
            return values == Values.WHOLE || metadata == Metadata.ALL;
        }
    }

    /** @throws StorageFailure.Rejected BAD_REQUEST for a topK outside of its bounds */
    public VectorQuery {
        var most = returned.whole() ? MOST_WHOLE : MOST;
        if (topK < 1 || topK > most) {
            throw VectorText.bad("topK: " + topK + " (expected: 1.." + most + ")");
        }
    }

    /** Everywhere, without a filter, bare. */
    public static VectorQuery near(VectorValues values, int topK) {
        return new VectorQuery(new Target.Values(values), topK, Where.EVERYWHERE, VectorFilter.NONE, Returned.BARE);
    }

    /** The same for what is near a vector of the index. */
    public static VectorQuery near(VectorId id, int topK) {
        return new VectorQuery(new Target.Stored(id), topK, Where.EVERYWHERE, VectorFilter.NONE, Returned.BARE);
    }

    public VectorQuery in(VectorNamespace namespace) {
        return new VectorQuery(target, topK, new Where.Within(namespace), filter, returned);
    }

    public VectorQuery where(VectorFilter other) {
        return new VectorQuery(target, topK, where, other, returned);
    }

    public VectorQuery returning(Returned other) {
        return new VectorQuery(target, topK, where, filter, other);
    }
}
