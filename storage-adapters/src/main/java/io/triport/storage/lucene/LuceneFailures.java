package io.triport.storage.lucene;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.storage.disk.NoSpace;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Lucene's failures are to callers. */
final class LuceneFailures {
    static final Logger LOG = LoggerFactory.getLogger("triport.storage");

    private LuceneFailures() {}

    /** Something that Lucene does. */
    interface Work<R> {
        R run() throws IOException;
    }

    /** Nothing that is read is changed, so whatever fails has done nothing. */
    static <R> R reading(Work<R> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw of(e);
        } catch (StorageFailure e) {
            throw e;
        } catch (AlreadyClosedException e) {
            // Lucene has closed the writer after a failure in a thread of its own, which is the cause. The next call
            // opens it again.
            throw e.getCause() instanceof IOException cause ? of(cause) : closed(e);
        } catch (RuntimeException e) {
            // Lucene trusts its files: of one that was altered it may read a length or an offset that is none, and
            // stumbles over it.
            throw corrupt(e);
        }
    }

    static StorageFailure of(IOException e) {
        return switch (e) {
            case CorruptIndexException damaged -> corrupt(damaged);
            case IndexNotFoundException gone -> corrupt(gone);
            case IndexFormatTooOldException unknown -> corrupt(unknown);
            case IndexFormatTooNewException unknown -> corrupt(unknown);
            case NoSuchFileException gone -> corrupt(gone);
            case EOFException cut -> corrupt(cut);
            default -> new StorageFailure.Unavailable(NoSpace.code(e), "vectors: the disk failed", e);
        };
    }

    /** Whoever commits cannot tell whether the commit is there. */
    static StorageFailure unknown(Exception e) {
        return new StorageFailure.Unavailable(FailureCode.OUTCOME_UNKNOWN, "vectors: the commit failed", e);
    }

    private static StorageFailure closed(Exception e) {
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "vectors: closed after a failure", e);
    }

    private static StorageFailure corrupt(Exception e) {
        LOG.error("vectors index damaged", e);
        return new StorageFailure.Corrupt("vectors: the index is damaged");
    }
}
