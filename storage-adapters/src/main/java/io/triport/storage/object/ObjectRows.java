package io.triport.storage.object;

import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import java.util.List;
import java.util.Optional;

/** The rows of an index as they are now. Ranges go from their first key, inclusive, to their last, exclusive. */
public interface ObjectRows {
    /** The newest row of a key, of an object or a delete marker. */
    Optional<ObjectRow> latest(Bytes key);

    /** The same with the bytes that lie with it, where any do: one look for what most reads of small objects want. */
    Optional<HeldRow> latestHeld(Bytes key);

    Optional<ObjectRow> version(Bytes key, VersionId version);

    /** Whether the key has a row with another version than {@link VersionId#NULL}. */
    boolean hasVersions(Bytes key);

    /** Latest rows that are objects, by key. */
    List<ObjectRow> objects(Bytes from, Bytes to, int most);

    /** All rows, by key and then from the newest on. @param below of the first key only rows with a lower number */
    List<ObjectRow> versions(Bytes from, long below, Bytes to, int most);

    Optional<UploadRow> upload(String id);

    Optional<UploadRow> upload(long number);

    /** Open uploads by key, and then by number. @param above of the first key only uploads with a higher number */
    List<UploadRow> openUploads(Bytes from, long above, Bytes to, int most);

    /**
     * Uploads that the housekeeping has to look at: dropped ones, and open ones that began before a time in
     * milliseconds. By number, above one. */
    List<UploadRow> uploadsToCollect(long startedBefore, long above, int most);

    /** Parts of an upload, by number, above one. */
    List<PartRow> parts(long upload, int above, int most);

    Optional<PartRow> part(long upload, int number);

    /** The part that holds an offset of an object, once the upload is completed. */
    Optional<PartRow> partAt(long upload, long offset);

    /** The bytes that lie with the row of an object. Empty where there is no such row. @throws StorageFailure.Corrupt */
    Optional<Bytes> withRow(long number);

    /** Whether a row names the bytes. */
    boolean names(String bytes);
}
