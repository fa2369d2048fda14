package io.triport.storage.object;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.util.List;

/** Pages of objects or versions. A position is a place in the index, sealed for the listing that it was made for. */
record ObjectListing(ObjectIndex index) {
    private static final long NEWEST = Long.MAX_VALUE;

    ObjectPage page(ObjectQuery query) {
        var wanted = new Roll.Wanted(query.prefix(), query.delimiter(), query.limit(), NEWEST);
        var start = start(query, wanted);
        var page = index.read(rows -> new Roll<ObjectRow>(
                        (place, to, most) -> rows(rows, query, place, to, most),
                        row -> row.key().bytes(),
                        ObjectRow::number)
                .page(start, wanted));
        var entries = page.entries().stream().map(ObjectListing::listed).toList();
        return page.next() == null
                ? new ObjectPage.Last(entries)
                : new ObjectPage.More(entries, seal(query, page.next()));
    }

    private static List<ObjectRow> rows(ObjectRows rows, ObjectQuery query, Roll.Place place, Bytes to, int most) {
        return switch (query.versions()) {
            case ALL -> rows.versions(place.from(), place.behind(), to, most);
            case CURRENT ->
                rows.objects(place.behind() == NEWEST ? place.from() : KeyRanges.after(place.from()), to, most);
        };
    }

    private static Listed listed(Roll.Entry<ObjectRow> entry) {
        var row = entry.row();
        if (row == null) {
            return new Listed.CommonPrefix(entry.prefix());
        }
        var object = row.object();
        return object == null
                ? new Listed.DeleteMarker(row.key(), row.version(), row.modified(), row.latest())
                : new Listed.Item(row.info(object, List.of()), row.latest());
    }

    private Roll.Place start(ObjectQuery query, Roll.Wanted wanted) {
        return switch (query.start()) {
            case ListStart.Beginning beginning -> new Roll.Place(Bytes.EMPTY, NEWEST);
            case ListStart.After after -> after(query, after, wanted);
            case ListStart.Resumed resumed -> open(query, resumed.position());
        };
    }

    /** Versions of a key whose named one has gone are given from the newest on: what is deleted page by page is found whole. */
    private Roll.Place after(ObjectQuery query, ListStart.After after, Roll.Wanted wanted) {
        var version = after.version();
        if (query.versions() == ObjectQuery.Versions.CURRENT
                || version == null
                || after.key().isEmpty()) {
            return after.key().isEmpty() ? new Roll.Place(Bytes.EMPTY, NEWEST) : wanted.behindKey(after.key());
        }
        return index.read(rows -> rows.version(after.key(), version))
                .map(row -> new Roll.Place(after.key(), row.number()))
                .orElseGet(() -> new Roll.Place(after.key(), NEWEST));
    }

    private String seal(ObjectQuery query, Roll.Place place) {
        var position = ByteBuffer.allocate(Long.BYTES + place.from().size())
                .putLong(place.behind())
                .put(place.from().toByteBuffer());
        return index.cursors().seal(scope(query), Bytes.from(position.flip())).text();
    }

    private Roll.Place open(ObjectQuery query, String position) {
        var opened = index.cursors().open(scope(query), new Cursor(position)).toByteBuffer();
        return new Roll.Place(Bytes.from(opened.slice(Long.BYTES, opened.remaining() - Long.BYTES)), opened.getLong());
    }

    private static CursorScope scope(ObjectQuery query) {
        var arguments = ByteBuffer.allocate(Integer.BYTES
                        + query.prefix().size()
                        + query.delimiter().size())
                .putInt(query.prefix().size())
                .put(query.prefix().toByteBuffer())
                .put(query.delimiter().toByteBuffer());
        return new CursorScope(StoragePort.OBJECT, query.versions().name(), Bytes.from(arguments.flip()));
    }
}
