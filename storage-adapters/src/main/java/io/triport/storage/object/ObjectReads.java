package io.triport.storage.object;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.request.Content;
import io.triport.storage.piece.PiecedContent;
import io.triport.storage.piece.Pieces;
import java.util.List;
import java.util.Optional;

/** Opens objects so that what was opened stays readable. Safe for many threads. */
final class ObjectReads {
    /*
     * Rows are read without a lock, so an object may go between its row and its bytes. Bytes in one run are open or gone. Parts
     * are pinned first and then their row is looked up again: if it is still there, whoever drops it from then on sees the pin.
     * Either way a look that came too late is repeated; the key has another version then, or none.
     */
    private static final int MOST_LOOKS = 100;

    private final ObjectIndex index;
    private final ObjectBytes bytes;
    private final Pins pins;
    private final Housekeeping housekeeping;

    ObjectReads(ObjectIndex index, ObjectBytes bytes, Pins pins, Housekeeping housekeeping) {
        this.index = index;
        this.bytes = bytes;
        this.pins = pins;
        this.housekeeping = housekeeping;
    }

    /** What was opened, with the row that it belongs to. */
    record Opened(ObjectRow row, StoredObject object, Slice slice, Pieces pieces) {}

    /** What a look came to: an object that is open, or an answer without one. */
    sealed interface Look {
        record Open(Opened opened) implements Look {}

        record Answer(GetOutcome outcome) implements Look {}
    }

    GetOutcome get(ObjectRef object, ReadOptions options) {
        return switch (look(object, options)) {
            case Look.Answer answer -> answer.outcome();
            case Look.Open open -> found(open.opened());
        };
    }

    Look look(ObjectRef object, ReadOptions options) {
        var reading = index.reading();
        var open = false;
        try {
            var look = look(object, options, reading);
            open = look instanceof Look.Open;
            return look;
        } finally {
            if (!open) {
                reading.close();
            }
        }
    }

    /** @param reading ends with what is open */
    private Look look(ObjectRef object, ReadOptions options, ObjectIndex.Reading reading) {
        var seen = -1L;
        for (var look = 1; look < MOST_LOOKS; look++) {
            var found = index.read(rows -> find(rows, object, options)).orElse(null);
            if (found == null) {
                return new Look.Answer(new GetOutcome.Missing());
            }
            var row = found.row();
            var stored = row.object();
            if (stored == null) {
                return new Look.Answer(new GetOutcome.Deleted(row.version(), row.modified()));
            }
            var refused = refusal(row, stored, options);
            if (refused.isPresent()) {
                return new Look.Answer(refused.get());
            }
            var slice = Slices.of(options.range(), stored, index);
            if (slice.isPresent()) {
                var held = found.bytes();
                var pieces = held == null
                        ? open(row, stored, slice.get())
                        : Optional.<Pieces>of(new HeldPieces(held, slice.get()));
                if (pieces.isPresent()) {
                    return new Look.Open(new Opened(row, stored, slice.get(), new ReadPieces(pieces.get(), reading)));
                }
                requireProgress(row, seen);
                seen = row.number();
            } else if (isThere(row)) {
                return new Look.Answer(new GetOutcome.RangeRefused(stored.size()));
            }
        }
        throw new StorageFailure.Corrupt("object: its bytes are missing");
    }

    /** With the bytes that lie with the row, where they are wanted without a condition: one read of the index instead of two. */
    private static Optional<HeldRow> find(ObjectRows rows, ObjectRef object, ReadOptions options) {
        return object.version() == null && options.conditions().equals(Conditions.NONE)
                ? rows.latestHeld(object.key().bytes())
                : find(rows, object).map(row -> new HeldRow(row, null));
    }

    static Optional<ObjectRow> find(ObjectRows rows, ObjectRef object) {
        var version = object.version();
        return version == null
                ? rows.latest(object.key().bytes())
                : rows.version(object.key().bytes(), version);
    }

    private static Optional<GetOutcome> refusal(ObjectRow row, StoredObject stored, ReadOptions options) {
        return switch (options.conditions().judge(stored.etag(), row.modified())) {
            case PASSES -> Optional.empty();
            case NOT_MODIFIED -> Optional.of(new GetOutcome.NotModified(row.info(stored, List.of())));
            case FAILED -> Optional.of(new GetOutcome.PreconditionFailed(row.info(stored, List.of())));
        };
    }

    private static GetOutcome found(Opened opened) {
        Content content = new PiecedContent(opened.pieces(), opened.slice().length());
        return new GetOutcome.Found(
                opened.row().info(opened.object(), List.of()),
                opened.slice(),
                opened.object().partCount(),
                content);
    }

    /** Empty where the bytes went since the row was read. */
    private Optional<Pieces> open(ObjectRow row, StoredObject stored, Slice slice) {
        return switch (stored.place()) {
            case StoredObject.Place.Whole whole ->
                bytes.open(whole.bytes(), stored.size(), slice).map(source -> new RunPieces(source, slice));
            case StoredObject.Place.WithRow small ->
                index.read(rows -> rows.withRow(row.number())).map(held -> new HeldPieces(held, slice));
            case StoredObject.Place.Parts parts -> openParts(row, parts.upload(), slice);
        };
    }

    private Optional<Pieces> openParts(ObjectRow row, long upload, Slice slice) {
        pins.add(upload);
        var pieces = new PartPieces(index, bytes, upload, slice, () -> unpin(upload));
        if (isThere(row)) {
            return Optional.of(pieces.begun());
        }
        pieces.close();
        return Optional.empty();
    }

    private void unpin(long upload) {
        pins.remove(upload);
        housekeeping.released(upload);
    }

    private boolean isThere(ObjectRow row) {
        return index.read(rows -> rows.version(row.key().bytes(), row.version()))
                .filter(now -> now.number() == row.number())
                .isPresent();
    }

    private void requireProgress(ObjectRow row, long seen) {
        if (row.number() == seen && isThere(row)) {
            throw new StorageFailure.Corrupt("object: its bytes are missing");
        }
    }
}
