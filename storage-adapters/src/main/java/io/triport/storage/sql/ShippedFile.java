package io.triport.storage.sql;

import org.jspecify.annotations.Nullable;

/** A file of earlier states, by its name in a bucket, where it lies in pieces. */
sealed interface ShippedFile {
    /** Behind the name of the database, without a slash at its end. */
    String name();

    /**
     * One of the log.
     *
     * @param place among the files @param start the place of the file from which on no change is missing @param before the state that its
     *     first change was made to
     */
    record Log(int place, int start, long before) implements ShippedFile {
        static Log of(PastSegment segment, PastEntry.Head head) {
            return new Log(segment.place(), head.start(), head.before().number());
        }

        @Override
        public String name() {
            return "log/%08d-%08d-%016x".formatted(place, start, before);
        }
    }

    /**
     * A copy of the database.
     *
     * @param bytes of it @param sum of all of them: a copy may be made twice, and pieces of two would make none
     */
    record Copy(int start, long number, long bytes, int sum) implements ShippedFile {
        @Override
        public String name() {
            return "copy/%08d-%016x-%016x-%08x".formatted(start, number, bytes, sum);
        }
    }

    /** Null for another name. */
    static @Nullable ShippedFile of(String name) {
        var log = ShippedNames.LOG.matcher(name);
        if (log.matches()) {
            return new Log(
                    Integer.parseInt(log.group(1)), Integer.parseInt(log.group(2)), ShippedNames.number(log.group(3)));
        }
        var copy = ShippedNames.COPY.matcher(name);
        return copy.matches()
                ? new Copy(
                        Integer.parseInt(copy.group(1)),
                        ShippedNames.number(copy.group(2)),
                        ShippedNames.number(copy.group(3)),
                        (int) ShippedNames.number(copy.group(4)))
                : null;
    }
}
