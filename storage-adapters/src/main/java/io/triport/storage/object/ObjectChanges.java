package io.triport.storage.object;

import io.triport.domain.object.Tags;
import io.triport.domain.request.Bytes;
import java.util.List;

/** The rows of an index within a change of them. Sees what it has changed. */
public interface ObjectChanges extends ObjectRows {
    /**
     * Nobody else changes these keys before the change ends. To be asked first by who changes several, so that nobody waits in a
     * circle; who looks at one key has it held by that.
     */
    default void hold(List<Bytes> keys) {
        // Works that run one after the other have all keys.
    }

    /** Whether nobody elsewhere reads the parts of an upload that was dropped. */
    default boolean unread(long upload) {
        return true;
    }

    /** A number greater than all before of the same key. */
    long nextNumber();

    void insert(ObjectRow row);

    /** Lays bytes with the row of an object, with which they go. */
    void layWithRow(long number, Bytes bytes);

    void markLatest(long number, boolean latest);

    void replaceTags(long number, Tags tags);

    void delete(long number);

    void insert(UploadRow upload);

    /** Replaces the row of the same number. */
    void update(UploadRow upload);

    void deleteUpload(long number);

    /** Replaces the part of the same upload and number. */
    void put(PartRow part);

    void deletePart(long upload, int number);

    /** The bytes are removed unless the change takes effect. */
    void written(String bytes);

    /** The bytes are removed when the change takes effect. */
    void unnamed(String bytes);
}
