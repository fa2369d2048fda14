package io.triport.storage.object;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Slice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a range comes to. */
final class Slices {
    private Slices() {}

    /** Empty where nothing of the range is in the object. @param range null for all of it */
    static Optional<Slice> of(@Nullable ByteRange range, StoredObject object, ObjectIndex index) {
        var size = object.size();
        return switch (range) {
            case null -> Optional.of(new Slice(0, size));
            case ByteRange.Between between -> between(between.first(), between.last(), size);
            case ByteRange.From from -> between(from.first(), Long.MAX_VALUE, size);
            case ByteRange.Last last ->
                last.count() == 0 ? Optional.empty() : between(Math.max(0, size - last.count()), Long.MAX_VALUE, size);
            case ByteRange.Part part -> part(part.number(), object, index);
        };
    }

    private static Optional<Slice> between(long first, long last, long size) {
        return first >= size ? Optional.empty() : Optional.of(new Slice(first, Math.min(last, size - 1) - first + 1));
    }

    private static Optional<Slice> part(int number, StoredObject object, ObjectIndex index) {
        return switch (object.place()) {
            case StoredObject.Place.Whole whole -> first(number, object);
            case StoredObject.Place.WithRow small -> first(number, object);
            case StoredObject.Place.Parts parts ->
                index.read(rows -> rows.part(parts.upload(), number))
                        .map(part -> new Slice(part.offset(), part.size()));
        };
    }

    /** An object that was not put in parts is one. */
    private static Optional<Slice> first(int number, StoredObject object) {
        return number == 1 ? Optional.of(new Slice(0, object.size())) : Optional.empty();
    }
}
