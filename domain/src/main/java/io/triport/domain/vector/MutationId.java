package io.triport.domain.vector;

/** Numbers the changes of an index: each has a greater one than all before it. @param number 0 before the first */
public record MutationId(long number) implements Comparable<MutationId> {
    public static final MutationId NONE = new MutationId(0);

    public MutationId {
        if (number < 0) {
            throw new IllegalArgumentException("mutation: " + number + " (expected: 0 or more)");
        }
    }

    public MutationId next() {
        return new MutationId(number + 1);
    }

    @Override
    public int compareTo(MutationId other) {
        return Long.compare(number, other.number);
    }
}
