package io.triport.domain.vector;

import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.request.Bytes;
import java.util.List;

/** The cursors of one index: what every adapter does alike to find its place and to leave a mark. */
public record VectorCursors(CursorSeal seal, IndexId index) {
    /** The id after which to go on; empty for the beginning. @throws StorageFailure.Rejected BAD_CURSOR */
    public Bytes after(VectorListing listing) {
        return switch (listing.start()) {
            case VectorListing.Start.Beginning beginning -> Bytes.EMPTY;
            case VectorListing.Start.At(var cursor) -> seal.open(scope(), cursor);
        };
    }

    /** The page of what was found. @param found up to one id more than the limit, which tells that more follow */
    public VectorPage page(VectorListing listing, List<VectorId> found) {
        if (found.size() <= listing.limit()) {
            return new VectorPage.Last(found);
        }
        var ids = found.subList(0, listing.limit());
        return new VectorPage.More(ids, seal.seal(scope(), ids.getLast().bytes()));
    }

    private CursorScope scope() {
        return new CursorScope(StoragePort.VECTOR, index.text(), Bytes.EMPTY);
    }
}
