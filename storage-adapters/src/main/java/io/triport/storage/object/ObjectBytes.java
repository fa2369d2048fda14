package io.triport.storage.object;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Slice;
import io.triport.storage.piece.Pieces;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Where bytes lie, each run of them under a name of its own, never changed. Nothing names them here: rows of an {@link ObjectIndex}
 * do. Safe for many threads.
 */
public interface ObjectBytes extends AutoCloseable {
    /** Begins a new run of bytes. @throws StorageFailure.Unavailable when nothing can be written */
    Sink create();

    /**
     * The same bytes under a new name, at no cost that grows with them.
     *
     * @return empty where that cannot be done, and they have to be written anew
     */
    Optional<String> duplicate(String name);

    /**
     * Opens a run of bytes, which can be read until it is closed, also when it is removed meanwhile. Empty where there is none.
     *
     * @param size of all of it
     * @param slice that is read, from its beginning on and without a gap
     */
    Optional<Source> open(String name, long size, Slice slice);

    /** Whether a row names it, or will not, is decided: from now on a run that no row names is left over. */
    void settled(String name);

    /** Nobody knows yet whether a row names it. */
    default void unknown(String name) {
        // It counts as undecided until the next start, which knows.
    }

    /** Whatever cannot be removed now is left over, and collected later. */
    void remove(String name);

    /** Removes what is left over: runs that nobody writes, and that no row names. @return how many */
    int collect(Predicate<String> named);

    @Override
    void close();

    /** A run of bytes that is being written, by one thread. */
    interface Sink extends AutoCloseable {
        /** Its name, of 1 to 64 characters. */
        String name();

        /** Takes all that remains of the buffer. */
        void write(ByteBuffer piece);

        /** Takes pieces to their end. @param length of all of them, where it is known before */
        default void take(Pieces pieces, OptionalLong length) throws InterruptedException {
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                write(piece);
            }
        }

        /** Brings all of it to where it stays as long as the store promises. */
        void finish();

        /** Takes away what was not finished. */
        @Override
        void close();
    }

    /** A run of bytes that is being read, by one thread. */
    interface Source extends AutoCloseable {
        /**
         * Bytes from an offset on, verified: at least one, at most as many as asked for. They are the caller's until it reads again.
         *
         * @param most 1 or more, and not beyond the end
         * @throws StorageFailure.Corrupt where other bytes lie than were written
         */
        ByteBuffer read(long offset, long most);

        /** Whoever had the bytes is done with them, so their memory may be used again. Nothing is read after it. */
        void done();

        /** Of what was read last, somebody may still hold the bytes, unless it is done. */
        @Override
        void close();
    }
}
