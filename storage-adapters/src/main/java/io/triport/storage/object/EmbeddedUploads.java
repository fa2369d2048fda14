package io.triport.storage.object;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PartPage;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.InvalidInput;
import io.triport.storage.piece.Pieces;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Uploads in parts. An object that is completed keeps its parts where they lie. */
final class EmbeddedUploads implements ObjectUploads {
    private static final long OLDEST = -1;

    private final EmbeddedObjects objects;
    private final Versioning versioning;

    EmbeddedUploads(EmbeddedObjects objects, Versioning versioning) {
        this.objects = objects;
        this.versioning = versioning;
    }

    @Override
    public UploadRef start(ObjectKey key, UploadOptions options) {
        UploadChecksums.require(options);
        var id = new UploadId(objects.freshId());
        return objects.index().write(changes -> {
            changes.insert(new UploadRow(changes.nextNumber(), id, key, objects.now(), options, null, false));
            return new UploadRef(key, id);
        });
    }

    @Override
    public PartOutcome part(UploadRef ref, int number, Content content, List<ChecksumClaim> checksums) {
        try (var reader = new ContentReader(content)) {
            requireNumber(number);
            content.length().ifPresent(Transfer::requireSize);
            var upload = open(ref);
            return upload.isEmpty()
                    ? new PartOutcome.NoSuchUpload()
                    : part(upload.get(), number, Pieces.of(reader), content.length(), checksums);
        }
    }

    @Override
    public PartOutcome copyPart(UploadRef ref, int number, CopySource source) {
        requireNumber(number);
        var upload = open(ref);
        if (upload.isEmpty()) {
            return new PartOutcome.NoSuchUpload();
        }
        return switch (objects.reads().look(source.object(), new ReadOptions(source.range(), source.conditions()))) {
            case ObjectReads.Look.Open open -> {
                try (var pieces = open.opened().pieces()) {
                    var there = open.opened().slice().length();
                    if (source.range() instanceof ByteRange.Between(var first, var last) && there < last - first + 1) {
                        yield new PartOutcome.SourceRangeRefused(
                                open.opened().object().size());
                    }
                    Transfer.requireSize(there);
                    yield part(upload.get(), number, pieces, OptionalLong.of(there), List.of());
                }
            }
            case ObjectReads.Look.Answer answer ->
                switch (answer.outcome()) {
                    case GetOutcome.NotModified n -> new PartOutcome.SourceConditionFailed();
                    case GetOutcome.PreconditionFailed p -> new PartOutcome.SourceConditionFailed();
                    case GetOutcome.Missing m -> new PartOutcome.SourceMissing();
                    case GetOutcome.Deleted d -> new PartOutcome.SourceMissing();
                    case GetOutcome.RangeRefused refused -> new PartOutcome.SourceRangeRefused(refused.size());
                    case GetOutcome.Found found -> throw new IllegalStateException("found: " + found.info());
                };
        };
    }

    @Override
    public CompleteOutcome complete(UploadRef ref, List<PartClaim> claims, CompleteOptions options) {
        if (claims.isEmpty() || claims.size() > ObjectLimits.PARTS) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "parts: " + claims.size() + " (1..10000)");
        }
        var digest = digest(claims);
        return objects.change(
                versioning,
                (changes, history) -> changes.upload(ref.id().text())
                        .filter(upload -> upload.key().equals(ref.key()))
                        .map(upload -> complete(changes, history, upload, new Wish(claims, digest, options)))
                        .orElseGet(CompleteOutcome.NoSuchUpload::new));
    }

    @Override
    public boolean abort(UploadRef ref) {
        var aborted = objects.index().write(changes -> {
            var upload = changes.upload(ref.id().text()).filter(row -> isOpen(row, ref));
            upload.ifPresent(row -> Housekeeping.drop(changes, row.number()));
            return upload;
        });
        aborted.ifPresent(row -> objects.housekeeping().collect(row.number()));
        return aborted.isPresent();
    }

    @Override
    public Optional<PartPage> parts(UploadRef ref, int after, int limit) {
        if (limit < 1 || limit > ObjectLimits.LIST_LIMIT) {
            throw new InvalidInput("limit", "1..1000");
        }
        return open(ref).map(upload -> {
            var found = objects.index().read(rows -> rows.parts(upload.number(), after, limit + 1));
            var parts = found.stream().limit(limit).map(PartRow::part).toList();
            return new PartPage(upload.options(), parts, found.size() > limit);
        });
    }

    @Override
    public UploadPage list(UploadQuery query) {
        var wanted = new Roll.Wanted(query.prefix(), query.delimiter(), query.limit(), OLDEST);
        var page = objects.index()
                .read(rows -> new Roll<UploadRow>(
                                (place, to, most) -> rows.openUploads(place.from(), place.behind(), to, most),
                                row -> row.key().bytes(),
                                UploadRow::number)
                        .page(start(rows, query, wanted), wanted));
        var entries = page.entries().stream().map(EmbeddedUploads::entry).toList();
        return new UploadPage(entries, page.next() == null ? null : position(entries.getLast()));
    }

    private static UploadPage.Entry entry(Roll.Entry<UploadRow> entry) {
        var row = entry.row();
        return row == null
                ? new UploadPage.Entry.CommonPrefix(entry.prefix())
                : new UploadPage.Entry.Upload(new UploadRef(row.key(), row.id()), row.started(), row.options());
    }

    private static UploadPage.Position position(UploadPage.Entry last) {
        return switch (last) {
            case UploadPage.Entry.Upload upload ->
                new UploadPage.Position(
                        upload.upload().key().bytes(), upload.upload().id());
            case UploadPage.Entry.CommonPrefix common -> new UploadPage.Position(common.prefix(), null);
        };
    }

    /** Uploads of a key whose named one has gone are given from the oldest on: what is aborted page by page is found whole. */
    private static Roll.Place start(ObjectRows rows, UploadQuery query, Roll.Wanted wanted) {
        var after = query.afterUpload();
        if (query.after().isEmpty()) {
            return new Roll.Place(Bytes.EMPTY, OLDEST);
        }
        if (after == null) {
            return wanted.behindKey(query.after());
        }
        return rows.upload(after.text())
                .filter(row -> row.key().bytes().equals(query.after()))
                .map(row -> new Roll.Place(query.after(), row.number()))
                .orElseGet(() -> new Roll.Place(query.after(), OLDEST));
    }

    private Optional<UploadRow> open(UploadRef ref) {
        return objects.index().read(rows -> rows.upload(ref.id().text())).filter(row -> isOpen(row, ref));
    }

    private static boolean isOpen(UploadRow row, UploadRef ref) {
        return row.open() && row.key().equals(ref.key());
    }

    private PartOutcome part(
            UploadRow upload, int number, Pieces pieces, OptionalLong length, List<ChecksumClaim> checksums) {
        UploadChecksums.require(upload.options(), checksums);
        return switch (objects.write(pieces, length, checksums, upload.options().checksum())) {
            case Body.Mismatch mismatch -> new PartOutcome.ChecksumMismatch(mismatch.algorithm());
            case Body.Written(var body)
            when body.place() instanceof Body.Place.Run(var bytes) -> name(upload, number, bytes, body);
            case Body.Written written -> throw new IllegalStateException("part: held (expected: in a run)");
        };
    }

    private PartOutcome name(UploadRow upload, int number, String bytes, Body body) {
        var part = new PartRow(
                upload.number(), number, -1, body.size(), body.etag(), objects.now(), bytes, body.checksum());
        return objects.naming(
                bytes,
                () -> objects.index().write(changes -> {
                    changes.written(bytes);
                    if (changes.upload(upload.number()).filter(UploadRow::open).isEmpty()) {
                        changes.unnamed(bytes);
                        return new PartOutcome.NoSuchUpload();
                    }
                    changes.part(upload.number(), number).ifPresent(before -> changes.unnamed(before.bytes()));
                    changes.put(part);
                    return new PartOutcome.Stored(part.part());
                }));
    }

    /** What a caller wants an upload to become. */
    private record Wish(List<PartClaim> claims, Bytes digest, CompleteOptions options) {}

    private CompleteOutcome complete(ObjectChanges changes, KeyHistory history, UploadRow upload, Wish wish) {
        if (!upload.open()) {
            return again(upload, wish);
        }
        var join = new PartsJoin(upload.options(), wish.claims());
        return join.find(changes, upload.number(), wish.options())
                .or(() -> join.mismatch(wish.options().checksum()))
                .or(() -> KeyHistory.refusal(
                                changes, upload.key(), wish.options().conditions())
                        .map(CompleteOutcome.Refused::new))
                .orElseGet(() -> completed(changes, history, upload, join, wish));
    }

    private CompleteOutcome again(UploadRow upload, Wish wish) {
        var completion = upload.completion();
        if (completion == null
                || !completion.claims().equals(wish.digest())
                || completion.at().plus(Housekeeping.COMPLETION_KEPT).isBefore(objects.now())) {
            return new CompleteOutcome.NoSuchUpload();
        }
        return new CompleteOutcome.Completed(upload.info(completion));
    }

    private CompleteOutcome completed(
            ObjectChanges changes, KeyHistory history, UploadRow upload, PartsJoin join, Wish wish) {
        var parts = join.parts();
        var options = upload.options();
        var object = new StoredObject(
                join.etag(),
                join.size(),
                new StoredObject.Place.Parts(upload.number(), parts.size()),
                options.http(),
                options.user(),
                options.storageClass(),
                options.tags(),
                join.checksum());
        removeUnclaimed(changes, upload, wish.claims());
        parts.forEach(changes::put);
        var row = history.put(upload.key(), objects.freshVersion(), objects.now(), object);
        var completion = new UploadRow.Completion(
                row.modified(), wish.digest(), row.version(), object.etag(), object.size(), object.checksum());
        changes.update(upload.completed(completion));
        return new CompleteOutcome.Completed(row.info(object, List.of()));
    }

    private static void removeUnclaimed(ObjectChanges changes, UploadRow upload, List<PartClaim> claims) {
        var claimed = claims.stream().map(PartClaim::number).collect(Collectors.toSet());
        changes.parts(upload.number(), 0, ObjectLimits.PARTS).stream()
                .filter(part -> !claimed.contains(part.number()))
                .forEach(part -> {
                    changes.deletePart(upload.number(), part.number());
                    changes.unnamed(part.bytes());
                });
    }

    private static Bytes digest(List<PartClaim> claims) {
        var digest = RunningSum.of(ChecksumAlgorithm.SHA256);
        claims.forEach(claim -> digest.update(
                Bytes.utf8(claim.number() + ":" + claim.etag() + "\n").toByteBuffer()));
        return digest.value();
    }

    private static void requireNumber(int number) {
        if (number < 1 || number > ObjectLimits.PARTS) {
            throw new InvalidInput("partNumber", "1..10000");
        }
    }
}
