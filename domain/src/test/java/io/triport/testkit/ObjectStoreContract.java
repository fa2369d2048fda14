package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ETagMatch;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every store of objects promises. The tag of a test names the case of the contract that it belongs to. */
public abstract class ObjectStoreContract {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("object-matrix", "OBJ-", test -> ((ObjectStoreContract) test).adapter());

    private static final ObjectKey KEY = ObjectKey.of("docs/a.txt");
    private static final ObjectKey OTHER = ObjectKey.of("docs/b.txt");
    private static final int LEAST_PART = (int) ObjectLimits.LEAST_PART_BYTES;
    private static final ETag WRONG = new ETag("00000000000000000000000000000000");

    private ObjectFixture fixture;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over data of its own; the contract closes it. */
    protected abstract ObjectFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("OBJ-01")
    void an_object_comes_back_with_all_that_was_stored_with_it() {
        var options = new WriteOptions(
                new HttpMetadata(Map.of(
                        HttpMetadata.Field.CONTENT_TYPE, "text/plain; charset=utf-8",
                        HttpMetadata.Field.CACHE_CONTROL, "max-age=60",
                        HttpMetadata.Field.CONTENT_DISPOSITION, "attachment; filename=\"" + any("\u20AC") + ".txt\"",
                        HttpMetadata.Field.CONTENT_ENCODING, "gzip",
                        HttpMetadata.Field.CONTENT_LANGUAGE, "de",
                        HttpMetadata.Field.EXPIRES, "Thu, 01 Jan 2026 00:00:00 GMT")),
                new UserMetadata(Map.of("color", "blue", "empty", "", any("\u20AC"), "\uD83D\uDE00")),
                new Tags(Map.of("team", "a", "empty", "")),
                new StorageClass("STANDARD_IA"),
                Conditions.NONE,
                List.of());

        var stored = stored(store().put(KEY, content("hello"), options));

        var found = found(KEY);
        assertThat(told(stored)).isEqualTo(told(found.info())).isEqualTo(told(info(KEY)));
        assertThat(read(found.content())).isEqualTo(Bytes.utf8("hello"));
        assertThat(found.slice()).isEqualTo(new Slice(0, 5));
        assertThat(found.partCount()).isZero();
        assertThat(found.info().key()).isEqualTo(KEY);
        assertThat(found.info().size()).isEqualTo(5);
        assertThat(found.info().etag()).isEqualTo(new ETag(md5("hello")));
        assertThat(found.info().http()).isEqualTo(options.http());
        assertThat(found.info().user()).isEqualTo(options.user());
        assertThat(found.info().storageClass()).isEqualTo(options.storageClass());
        assertThat(found.info().tags()).isEqualTo(2);
        assertThat(found.info().checksum()).isNull();
        assertThat(found.info().version()).isEqualTo(VersionId.NULL);
        assertThat(store().tagging().get(ref(KEY))).contains(options.tags());
    }

    @Test
    @Tag("OBJ-01")
    void a_put_replaces_bytes_and_metadata_together() {
        var first = new WriteOptions(
                HttpMetadata.NONE,
                new UserMetadata(Map.of("a", "1")),
                new Tags(Map.of("a", "1")),
                StorageClass.STANDARD,
                Conditions.NONE,
                List.of());
        store().put(KEY, content("first"), first);

        put(KEY, "second");

        assertThat(text(KEY)).isEqualTo("second");
        assertThat(info(KEY).user()).isEqualTo(UserMetadata.NONE);
        assertThat(store().tagging().get(ref(KEY))).contains(Tags.NONE);
    }

    @Test
    @Tag("OBJ-01")
    void objects_of_every_size_around_a_block_come_back_whole() {
        var sizes = List.of(0, 1, 131_071, 131_072, 131_073, 262_144, 1_000_003);

        sizes.forEach(size -> stored(store().put(key(size), GeneratedContent.of(size, size), WriteOptions.PLAIN)));

        assertThat(sizes).allSatisfy(size -> {
            assertThat(bytes(key(size)))
                    .isEqualTo(GeneratedContent.of(size, size).whole());
            assertThat(info(key(size)).size()).isEqualTo((long) size);
        });
    }

    @Test
    @Tag("OBJ-01")
    void nothing_is_found_where_nothing_is() {
        put(KEY, "v");

        assertThat(store().head(ref(OTHER))).isInstanceOf(HeadOutcome.Missing.class);
        assertThat(store().get(ref(OTHER), ReadOptions.WHOLE)).isInstanceOf(GetOutcome.Missing.class);
        assertThat(store().head(ref(KEY, "0123456789abcdef0123456789abcdef"))).isInstanceOf(HeadOutcome.Missing.class);
        assertThat(store().tagging().get(ref(OTHER))).isEmpty();
        assertThat(store().tagging().put(ref(OTHER), Tags.NONE)).isFalse();
    }

    @Test
    @Tag("OBJ-01")
    void tags_change_without_the_object() {
        put(KEY, "v");
        var before = info(KEY);
        var tags = new Tags(Map.of("a", "1", "b", "2"));

        assertThat(store().tagging().put(ref(KEY), tags)).isTrue();

        assertThat(store().tagging().get(ref(KEY))).contains(tags);
        assertThat(info(KEY).tags()).isEqualTo(2);
        assertThat(info(KEY).etag()).isEqualTo(before.etag());
        assertThat(info(KEY).modified()).isEqualTo(before.modified());
        assertThat(text(KEY)).isEqualTo("v");
    }

    @Test
    @Tag("OBJ-15")
    void what_was_written_is_there_after_the_store_was_opened_again() {
        requires(ObjectCapability.SURVIVES_REOPEN);
        var before = put(KEY, "v");
        var upload = store().uploads().start(OTHER, UploadOptions.PLAIN);
        var part = part(upload, 1, content("part"));

        fixture.reopen();

        assertThat(info(KEY)).isEqualTo(before);
        assertThat(text(KEY)).isEqualTo("v");
        assertThat(store().uploads().parts(upload, 0, 10).orElseThrow().parts()).containsExactly(part);
        complete(upload, part);
        fixture.reopen();
        assertThat(text(OTHER)).isEqualTo("part");
    }

    /** A condition, and what a read, a write over an object, and a write where nothing is come to. */
    private record Row(String name, Conditions conditions, String read, String write, String writeToNothing) {}

    @Test
    @Tag("OBJ-02")
    void conditions_decide_reads_and_writes_by_the_table() {
        for (var at = 0; at < table(put(KEY, "v")).size(); at++) {
            var row = table(put(KEY, "v")).get(at);

            assertThat(name(store().get(ref(KEY), new ReadOptions(null, row.conditions()))))
                    .as("read %s", row.name())
                    .isEqualTo(row.read());
            if (!claims(ObjectCapability.EVERY_CONDITION) && !ofS3(row.conditions())) {
                continue;
            }
            assertThat(name(putUnder(KEY, row.conditions())))
                    .as("write %s", row.name())
                    .isEqualTo(row.write());
            store().delete(List.of(ref(OTHER)), Conditions.NONE);
            assertThat(name(putUnder(OTHER, row.conditions())))
                    .as("write to nothing %s", row.name())
                    .isEqualTo(row.writeToNothing());
        }
    }

    /** Whether S3 has the conditions for writes. */
    private static boolean ofS3(Conditions conditions) {
        return conditions.ifModifiedSince() == null
                && conditions.ifUnmodifiedSince() == null
                && !(conditions.ifNoneMatch() instanceof ETagMatch.OneOf)
                && !(conditions.ifMatch() instanceof ETagMatch.OneOf(var tags) && tags.size() > 1)
                && (conditions.ifMatch() == null || conditions.ifNoneMatch() == null);
    }

    private static List<Row> table(ObjectInfo info) {
        var same = new ETagMatch.OneOf(Set.of(info.etag()));
        var other = new ETagMatch.OneOf(Set.of(WRONG));
        var both = new ETagMatch.OneOf(Set.of(info.etag(), WRONG));
        var any = new ETagMatch.Any();
        var at = info.modified();
        var before = at.minusSeconds(1);
        return List.of(
                row("none", null, null, null, null, "Found", "Stored", "Stored"),
                row("match same", same, null, null, null, "Found", "Stored", "Missing"),
                row("match other", other, null, null, null, "PreconditionFailed", "PreconditionFailed", "Missing"),
                row("match both", both, null, null, null, "Found", "Stored", "Missing"),
                row("match any", any, null, null, null, "Found", "Stored", "Missing"),
                row("none same", null, same, null, null, "NotModified", "PreconditionFailed", "Stored"),
                row("none other", null, other, null, null, "Found", "Stored", "Stored"),
                row("none both", null, both, null, null, "NotModified", "PreconditionFailed", "Stored"),
                row("none any", null, any, null, null, "NotModified", "PreconditionFailed", "Stored"),
                row("since at", null, null, at, null, "NotModified", "PreconditionFailed", "Stored"),
                row(
                        "since same second",
                        null,
                        null,
                        at.plusMillis(999),
                        null,
                        "NotModified",
                        "PreconditionFailed",
                        "Stored"),
                row("since before", null, null, before, null, "Found", "Stored", "Stored"),
                row("until at", null, null, null, at, "Found", "Stored", "Stored"),
                row("until before", null, null, null, before, "PreconditionFailed", "PreconditionFailed", "Stored"),
                row("match same, until before", same, null, null, before, "Found", "Stored", "Missing"),
                row(
                        "match other, until at",
                        other,
                        null,
                        null,
                        at,
                        "PreconditionFailed",
                        "PreconditionFailed",
                        "Missing"),
                row("match same, none same", same, same, null, null, "NotModified", "PreconditionFailed", "Missing"),
                row("match same, none other", same, other, null, null, "Found", "Stored", "Missing"),
                row(
                        "match other, none other",
                        other,
                        other,
                        null,
                        null,
                        "PreconditionFailed",
                        "PreconditionFailed",
                        "Missing"),
                row("none other, since at", null, other, at, null, "Found", "Stored", "Stored"),
                row("none same, since before", null, same, before, null, "NotModified", "PreconditionFailed", "Stored"),
                row("until at, none same", null, same, null, at, "NotModified", "PreconditionFailed", "Stored"),
                row(
                        "until before, since before",
                        null,
                        null,
                        before,
                        before,
                        "PreconditionFailed",
                        "PreconditionFailed",
                        "Stored"),
                row("until at, since at", null, null, at, at, "NotModified", "PreconditionFailed", "Stored"));
    }

    private static Row row(
            String name,
            @Nullable ETagMatch match,
            @Nullable ETagMatch none,
            @Nullable Instant since,
            @Nullable Instant until,
            String read,
            String write,
            String nothing) {
        return new Row(name, new Conditions(match, none, since, until), read, write, nothing);
    }

    @Test
    @Tag("OBJ-02")
    void a_write_that_is_refused_leaves_the_object_and_gives_its_content_back() {
        put(KEY, "old");
        var refused = GeneratedContent.of(1, 10);

        var outcome = store().put(KEY, refused, WriteOptions.PLAIN.under(Conditions.CREATE_ONLY));

        assertThat(outcome).isInstanceOf(PutOutcome.PreconditionFailed.class);
        assertThat(refused.closed()).isTrue();
        assertThat(text(KEY)).isEqualTo("old");
    }

    @Test
    @Tag("OBJ-02")
    void a_read_that_is_not_modified_tells_what_is_there() {
        var info = put(KEY, "v");

        var outcome = store().get(
                        ref(KEY),
                        new ReadOptions(
                                null, new Conditions(null, new ETagMatch.OneOf(Set.of(info.etag())), null, null)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        GetOutcome.NotModified.class,
                        same -> assertThat(told(same.info()).etag()).isEqualTo(info.etag()));
        if (claims(ObjectCapability.TELLS_ALL)) {
            assertThat(outcome).isEqualTo(new GetOutcome.NotModified(info));
        }
    }

    @Test
    @Tag("OBJ-02")
    void a_delete_may_have_a_condition() {
        var info = put(KEY, "v");

        assertThat(delete(Conditions.ifMatch(WRONG), ref(KEY)))
                .containsExactly(new DeleteOutcome.PreconditionFailed(ref(KEY)));
        assertThat(text(KEY)).isEqualTo("v");
        assertThat(delete(Conditions.ifMatch(info.etag()), ref(OTHER)))
                .containsExactly(new DeleteOutcome.Missing(ref(OTHER)));
        assertThat(delete(Conditions.ifMatch(info.etag()), ref(KEY)))
                .containsExactly(new DeleteOutcome.Deleted(ref(KEY), null, false));
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    @Test
    @Tag("OBJ-03")
    void of_64_writers_that_create_only_one_wins() {
        var outcomes = AtOnce.run(64, number -> () -> {
            var options = WriteOptions.PLAIN.under(Conditions.CREATE_ONLY);
            return name(store().put(KEY, content("writer " + number), options))
                    + (text(KEY).equals("writer " + number) ? " and is there" : "");
        });

        assertThat(outcomes).filteredOn("Stored and is there"::equals).hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> outcome.startsWith("Stored")).hasSize(1);
    }

    @Test
    @Tag("OBJ-03")
    void of_writers_that_replace_the_same_version_one_wins() {
        var before = put(KEY, "before");

        var outcomes = AtOnce.run(
                16,
                number -> () -> name(store().put(
                                KEY,
                                content("writer " + number),
                                WriteOptions.PLAIN.under(Conditions.ifMatch(before.etag())))));

        assertThat(outcomes).filteredOn("Stored"::equals).hasSize(1);
    }

    @Test
    @Tag("OBJ-04")
    void a_range_gives_its_bytes() {
        store().put(KEY, GeneratedContent.of(4, 300_000), WriteOptions.PLAIN);
        var whole = GeneratedContent.of(4, 300_000).whole();

        assertThat(slice(new ByteRange.Between(0, 0))).isEqualTo(whole.slice(0, 1));
        assertThat(slice(new ByteRange.Between(10, 19))).isEqualTo(whole.slice(10, 20));
        assertThat(slice(new ByteRange.Between(131_070, 131_074))).isEqualTo(whole.slice(131_070, 131_075));
        assertThat(slice(new ByteRange.Between(299_990, 400_000))).isEqualTo(whole.slice(299_990, 300_000));
        assertThat(slice(new ByteRange.Between(0, Long.MAX_VALUE))).isEqualTo(whole);
        assertThat(slice(new ByteRange.From(0))).isEqualTo(whole);
        assertThat(slice(new ByteRange.From(262_144))).isEqualTo(whole.slice(262_144, 300_000));
        assertThat(slice(new ByteRange.From(299_999))).isEqualTo(whole.slice(299_999, 300_000));
        assertThat(slice(new ByteRange.Last(1))).isEqualTo(whole.slice(299_999, 300_000));
        assertThat(slice(new ByteRange.Last(200_000))).isEqualTo(whole.slice(100_000, 300_000));
        assertThat(slice(new ByteRange.Last(Long.MAX_VALUE))).isEqualTo(whole);
        assertThat(slice(new ByteRange.Part(1))).isEqualTo(whole);
    }

    @Test
    @Tag("OBJ-04")
    void a_range_with_nothing_in_it_is_refused() {
        put(KEY, "0123456789");
        put(OTHER, "");

        Stream.of(
                        new ByteRange.Between(10, 20),
                        new ByteRange.From(10),
                        new ByteRange.From(Long.MAX_VALUE),
                        new ByteRange.Last(0),
                        new ByteRange.Part(2))
                .forEach(range -> assertThat(store().get(ref(KEY), ReadOptions.of(range)))
                        .as("%s", range)
                        .isEqualTo(new GetOutcome.RangeRefused(10)));
        Stream.of(new ByteRange.Between(0, 0), new ByteRange.From(0), new ByteRange.Last(5))
                .forEach(range -> assertThat(store().get(ref(OTHER), ReadOptions.of(range)))
                        .as("%s of nothing", range)
                        .isEqualTo(new GetOutcome.RangeRefused(0)));
    }

    @Test
    @Tag("OBJ-05")
    void a_checksum_that_the_bytes_have_is_kept() {
        for (var algorithm : algorithms()) {
            var checksum = checksumOf123456789(algorithm);

            stored(store().put(KEY, content("123456789"), WriteOptions.PLAIN.with(ChecksumClaim.of(checksum))));

            assertThat(info(KEY).checksum()).as("%s", algorithm).isEqualTo(checksum);
            assertThat(found(KEY).info().checksum()).as("%s", algorithm).isEqualTo(checksum);
        }
    }

    @Test
    @Tag("OBJ-05")
    void a_checksum_that_is_only_wanted_is_made() {
        for (var algorithm : algorithms()) {
            var options = WriteOptions.PLAIN.with(ChecksumClaim.made(algorithm));

            stored(store().put(KEY, content("123456789"), options));

            assertThat(info(KEY).checksum()).as("%s", algorithm).isEqualTo(checksumOf123456789(algorithm));
        }
    }

    @Test
    @Tag("OBJ-05")
    void bytes_that_have_not_their_checksum_are_not_stored() {
        put(KEY, "old");

        for (var algorithm : algorithms()) {
            var options = WriteOptions.PLAIN.with(ChecksumClaim.of(checksumOf123456789(algorithm)));

            assertThat(store().put(KEY, content("123456780"), options))
                    .isEqualTo(new PutOutcome.ChecksumMismatch(algorithm));
        }
        assertThat(text(KEY)).isEqualTo("old");
    }

    @Test
    @Tag("OBJ-05")
    void an_md5_beside_a_checksum_is_compared_and_not_kept() {
        var md5 = checksumOf123456789(ChecksumAlgorithm.MD5).value();
        var crc = checksumOf123456789(ChecksumAlgorithm.CRC32C);
        var good = claims(ChecksumClaim.md5(md5), ChecksumClaim.of(crc));
        var bad = claims(ChecksumClaim.md5(Bytes.parseHex(WRONG.text())), ChecksumClaim.of(crc));

        stored(store().put(KEY, content("123456789"), good));

        assertThat(info(KEY).checksum()).isEqualTo(crc);
        assertThat(store().put(KEY, content("123456789"), bad))
                .isEqualTo(new PutOutcome.ChecksumMismatch(ChecksumAlgorithm.MD5));
    }

    @Test
    @Tag("OBJ-05")
    void two_checksums_to_keep_are_refused() {
        assertThatThrownBy(() ->
                        claims(ChecksumClaim.made(ChecksumAlgorithm.SHA1), ChecksumClaim.made(ChecksumAlgorithm.CRC32)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    @Tag("OBJ-05")
    void a_checksum_may_come_behind_the_bytes() {
        var content = GeneratedContent.of(5, 100_000);
        var claim = new ChecksumClaim() {
            @Override
            public ChecksumAlgorithm algorithm() {
                return ChecksumAlgorithm.CRC32C;
            }

            @Override
            public Optional<Bytes> expected() {
                return content.given() < 100_000 ? Optional.empty() : Optional.of(crc32c(content.whole()));
            }

            @Override
            public boolean kept() {
                return true;
            }
        };

        stored(store().put(KEY, content, WriteOptions.PLAIN.with(claim)));

        assertThat(info(KEY).checksum())
                .isEqualTo(new Checksum(ChecksumAlgorithm.CRC32C, crc32c(content.whole()), Checksum.Scope.FULL_OBJECT));
    }

    @Test
    @Tag("OBJ-06")
    void any_text_of_1_to_1024_bytes_is_a_key() {
        var longest = fixture.longestKey();
        var names = List.of(
                ".",
                "..",
                "../../etc/passwd",
                "/",
                "//",
                "a",
                "A",
                "a/",
                "a//b",
                "a/b",
                "a/.",
                "a/..",
                "a\u0000b",
                "a\nb",
                "a%2Fb",
                "con",
                "e\u0301",
                "\u00E9",
                "\\",
                "\u20AC".repeat(longest / 3) + "a".repeat(longest % 3),
                "k".repeat(longest));

        names.forEach(name -> put(ObjectKey.of(name), name));

        assertThat(names)
                .allSatisfy(name -> assertThat(text(ObjectKey.of(name))).isEqualTo(name));
        assertThat(keys(walk(ObjectQuery.all())))
                .isEqualTo(names.stream()
                        .map(ObjectKey::of)
                        .sorted()
                        .map(ObjectKey::text)
                        .toList());
        names.forEach(name -> delete(Conditions.NONE, ref(ObjectKey.of(name))));
        assertThat(walk(ObjectQuery.all())).isEmpty();
    }

    @Test
    @Tag("OBJ-06")
    void a_key_beyond_its_bounds_is_none() {
        Stream.of("", "\u20AC".repeat(342), "k".repeat(1_025), "\uD83D")
                .forEach(name -> assertThatThrownBy(() -> ObjectKey.of(name)).isInstanceOf(InvalidInput.class));
    }

    @Test
    @Tag("OBJ-07")
    void keys_are_listed_in_the_order_of_their_bytes() {
        var inOrder = List.of("A", "a", "a\u0000", "a/b", "aa", "b", "\u00E9", "\uFFEE", "\uD83D\uDE00");

        inOrder.reversed().forEach(name -> put(ObjectKey.of(name), name));

        assertThat(keys(walk(ObjectQuery.all()))).isEqualTo(inOrder);
        assertThat(keys(walk(ObjectQuery.all().limitedTo(1)))).isEqualTo(inOrder);
        assertThat(keys(walk(ObjectQuery.of("a").limitedTo(2)))).containsExactly("a", "a\u0000", "a/b", "aa");
        assertThat(walk(ObjectQuery.of("nothing"))).isEmpty();
    }

    @Test
    @Tag("OBJ-07")
    void keys_with_a_delimiter_are_rolled_up() {
        Stream.of("a", "a/", "a/1", "a/2", "b/1/x", "b/1/y", "b/2", "c", "d//", "d//1")
                .forEach(this::put);

        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/")))).containsExactly("a", "a/ *", "b/ *", "c", "d/ *");
        assertThat(keys(walk(ObjectQuery.of("a/").rolledUpAt("/")))).containsExactly("a/", "a/1", "a/2");
        assertThat(keys(walk(ObjectQuery.of("b/").rolledUpAt("/")))).containsExactly("b/1/ *", "b/2");
        assertThat(keys(walk(ObjectQuery.of("d/").rolledUpAt("/")))).containsExactly("d// *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/1"))))
                .containsExactly("a", "a/", "a/1 *", "a/2", "b/1 *", "b/2", "c", "d//", "d//1 *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").limitedTo(1))))
                .containsExactly("a", "a/ *", "b/ *", "c", "d/ *");
    }

    @Test
    @Tag("OBJ-07")
    void a_listing_may_begin_behind_any_key() {
        Stream.of("a", "b", "c", "p/a", "p/b", "q/a").forEach(this::put);

        assertThat(keys(walk(ObjectQuery.all().from(after("b"))))).containsExactly("c", "p/a", "p/b", "q/a");
        assertThat(keys(walk(ObjectQuery.all().from(after("bb"))))).containsExactly("c", "p/a", "p/b", "q/a");
        assertThat(keys(walk(ObjectQuery.of("p/").from(after("a"))))).containsExactly("p/a", "p/b");
        assertThat(keys(walk(ObjectQuery.of("p/").from(after("p/a"))))).containsExactly("p/b");
        assertThat(keys(walk(ObjectQuery.of("p/").from(after("q"))))).isEmpty();
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").from(after("p/a")))))
                .containsExactly("q/ *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").from(after("p/")))))
                .containsExactly("q/ *");
        assertThat(keys(walk(ObjectQuery.all().rolledUpAt("/").from(after("p")))))
                .containsExactly("p/ *", "q/ *");
    }

    @Test
    @Tag("OBJ-07")
    void the_last_page_is_known_to_be_it() {
        IntStream.range(0, 4).forEach(number -> put("k" + number));

        assertThat(store().list(ObjectQuery.all().limitedTo(4))).isInstanceOf(ObjectPage.Last.class);
        assertThat(store().list(ObjectQuery.all().limitedTo(3))).isInstanceOf(ObjectPage.More.class);
    }

    @Test
    @Tag("OBJ-07")
    void a_position_is_of_its_listing_only() {
        Stream.of("a/1", "a/2", "a/3").forEach(this::put);
        var query = ObjectQuery.of("a/").limitedTo(1);
        var position = next(store().list(query));

        assertThat(position.length()).isLessThanOrEqualTo(2_048);
        Stream.of(
                        ObjectQuery.of("a").from(new ListStart.Resumed(position)),
                        query.rolledUpAt("/").from(new ListStart.Resumed(position)),
                        query.from(new ListStart.Resumed(position + "x")),
                        query.from(new ListStart.Resumed("")),
                        query.from(new ListStart.Resumed("x".repeat(3_000))))
                .forEach(wrong -> assertFailure(FailureCode.BAD_CURSOR, () -> store().list(wrong)));
        assertThat(keys(store().list(query.from(new ListStart.Resumed(position)))
                        .entries()))
                .containsExactly("a/2");
    }

    @Test
    @Tag("OBJ-07")
    void a_walk_under_writes_finds_what_stays_once_and_nothing_twice() {
        var staying = IntStream.range(0, 60)
                .mapToObj(number -> "k/%03d/stays".formatted(number))
                .toList();
        staying.forEach(this::put);
        var walking = new AtomicBoolean(true);

        var answers = AtOnce.run(5, caller -> () -> caller == 0 ? walkThenStop(walking) : churn(caller, walking));

        var walked = answers.getFirst();
        assertThat(walked).doesNotHaveDuplicates().containsAll(staying);
        assertThat(walked).isSorted();
    }

    private List<String> walkThenStop(AtomicBoolean walking) {
        try {
            return keys(walk(ObjectQuery.of("k/").limitedTo(7)));
        } finally {
            walking.set(false);
        }
    }

    private List<String> churn(int writer, AtomicBoolean walking) {
        var random = new Random(writer);
        while (walking.get()) {
            var name = "k/%03d/%d".formatted(random.nextInt(60), writer);
            put(name);
            delete(Conditions.NONE, ref(ObjectKey.of(name)));
        }
        return List.of();
    }

    @Test
    @Tag("OBJ-07")
    void a_list_after_a_write_sees_it() {
        put(KEY, "v");
        assertThat(keys(walk(ObjectQuery.all()))).containsExactly(KEY.text());

        delete(Conditions.NONE, ref(KEY));
        assertThat(walk(ObjectQuery.all())).isEmpty();
    }

    @Test
    @Tag("OBJ-07")
    void any_listing_is_as_a_sorted_model_says() {
        var random = new Random(7);
        var names = new TreeSet<ObjectKey>();
        while (names.size() < 150) {
            names.add(ObjectKey.of(randomText(random)));
        }
        names.forEach(name -> put(name, "v"));

        for (var round = 0; round < 60; round++) {
            var prefix = List.of("", "", "a", "/", "\u20AC", "\uD83D\uDE00").get(random.nextInt(6));
            var delimiter = List.of("", "/", "a", "//", "\u20AC").get(random.nextInt(5));
            var query = ObjectQuery.of(prefix)
                    .rolledUpAt(delimiter)
                    .limitedTo(1 + random.nextInt(20))
                    .from(random.nextBoolean() ? new ListStart.Beginning() : after(randomText(random)));

            assertThat(keys(walk(query))).as("%s", query).isEqualTo(model(names, query));
        }
    }

    /** What a listing gives, made of the sorted keys in the plainest way. */
    private static List<String> model(Set<ObjectKey> names, ObjectQuery query) {
        var after = query.start() instanceof ListStart.After start ? start.key() : null;
        var prefix = query.prefix().toUtf8();
        var delimiter = query.delimiter().toUtf8();
        return names.stream()
                .filter(name -> after == null || name.bytes().compareTo(after) > 0)
                .map(ObjectKey::text)
                .filter(name -> name.startsWith(prefix))
                .map(name -> rolledUp(name, prefix, delimiter))
                .filter(name -> after == null
                        || !name.endsWith(" *")
                        || !after.startsWith(Bytes.utf8(name.substring(0, name.length() - 2))))
                .distinct()
                .toList();
    }

    private static String rolledUp(String name, String prefix, String delimiter) {
        var at = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
        return at < 0 ? name : name.substring(0, at + delimiter.length()) + " *";
    }

    @Test
    @Tag("OBJ-08")
    void a_listing_tells_all_about_its_objects() {
        requires(ObjectCapability.TELLS_ALL);
        var options = new WriteOptions(
                new HttpMetadata(Map.of(HttpMetadata.Field.CONTENT_TYPE, "text/plain")),
                new UserMetadata(Map.of("a", "1")),
                new Tags(Map.of("t", "1")),
                new StorageClass("GLACIER"),
                Conditions.NONE,
                List.of(ChecksumClaim.made(ChecksumAlgorithm.SHA256)));
        var stored = stored(store().put(KEY, content("v"), options));

        assertThat(store().list(ObjectQuery.all()).entries()).containsExactly(new Listed.Item(stored, true));
    }

    @Test
    @Tag("OBJ-09")
    void parts_become_one_object_in_the_order_of_their_numbers() {
        var options = new UploadOptions(
                new HttpMetadata(Map.of(HttpMetadata.Field.CONTENT_TYPE, "video/mp4")),
                new UserMetadata(Map.of("a", "1")),
                new Tags(Map.of("t", "1")),
                StorageClass.STANDARD,
                null,
                Checksum.Scope.COMPOSITE);
        var upload = store().uploads().start(KEY, options);
        var last = part(upload, 9, GeneratedContent.of(9, 1_000));
        var first = part(upload, 2, GeneratedContent.of(2, LEAST_PART));
        var replaced = part(upload, 4, content("not this one"));
        var middle = part(upload, 4, GeneratedContent.of(4, LEAST_PART + 77));
        part(upload, 5, content("not claimed"));

        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
        var info = complete(upload, first, middle, last);

        var whole = GeneratedContent.of(2, LEAST_PART)
                .whole()
                .concat(GeneratedContent.of(4, LEAST_PART + 77).whole())
                .concat(GeneratedContent.of(9, 1_000).whole());
        assertThat(bytes(KEY)).isEqualTo(whole);
        assertThat(info.size()).isEqualTo(whole.size());
        assertThat(info.etag()).isEqualTo(new ETag(md5OfMd5s(first, middle, last) + "-3"));
        assertThat(info.http()).isEqualTo(options.http());
        assertThat(info.user()).isEqualTo(options.user());
        assertThat(info.tags()).isEqualTo(1);
        assertThat(replaced.etag()).isNotEqualTo(middle.etag());
        assertThat(info(KEY).parts()).extracting(ObjectPart::number).containsExactly(2, 4, 9);
        if (claims(ObjectCapability.TELLS_ALL)) {
            assertThat(found(KEY).partCount()).isEqualTo(3);
        }
        assertThat(slice(new ByteRange.Part(4)))
                .isEqualTo(GeneratedContent.of(4, LEAST_PART + 77).whole());
        assertThat(slice(new ByteRange.Between(LEAST_PART - 3, LEAST_PART + 2)))
                .isEqualTo(whole.slice(LEAST_PART - 3, LEAST_PART + 3));
        assertThat(slice(new ByteRange.Last(1_001))).isEqualTo(whole.slice(whole.size() - 1_001, whole.size()));
        assertThat(store().get(ref(KEY), ReadOptions.of(new ByteRange.Part(5))))
                .isEqualTo(new GetOutcome.RangeRefused(whole.size()));
    }

    @Test
    @Tag("OBJ-09")
    void an_upload_of_one_part_has_an_etag_of_parts() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var only = part(upload, 1, content("hello"));

        assertThat(only.etag()).isEqualTo(new ETag(md5("hello")));
        assertThat(complete(upload, only).etag()).isEqualTo(new ETag(md5OfMd5s(only) + "-1"));
        assertThat(text(KEY)).isEqualTo("hello");
    }

    @Test
    @Tag("OBJ-09")
    void the_checksum_of_parts_is_made_of_theirs() {
        var upload = store().uploads().start(KEY, uploadWith(ChecksumAlgorithm.CRC32C, Checksum.Scope.COMPOSITE));
        var first = part(upload, 1, GeneratedContent.of(1, LEAST_PART));
        var second = part(upload, 2, content("tail"));

        var info = complete(upload, first, second);

        var composite = crc32c(value(first).concat(value(second)));
        assertThat(value(first))
                .isEqualTo(crc32c(GeneratedContent.of(1, LEAST_PART).whole()));
        assertThat(info.checksum())
                .isEqualTo(new Checksum(ChecksumAlgorithm.CRC32C, composite, Checksum.Scope.COMPOSITE));
    }

    @Test
    @Tag("OBJ-09")
    void the_crc_of_a_whole_object_is_joined_from_its_parts() {
        var text = GeneratedContent.of(1, LEAST_PART).whole().concat(Bytes.utf8("123456789"));
        for (var algorithm : List.of(ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32C, ChecksumAlgorithm.CRC64NVME)) {
            var once = stored(
                    store().put(OTHER, Content.of(text), WriteOptions.PLAIN.with(ChecksumClaim.made(algorithm))));
            var upload = store().uploads().start(KEY, uploadWith(algorithm, Checksum.Scope.FULL_OBJECT));
            var first = part(upload, 1, GeneratedContent.of(1, LEAST_PART));
            var second = part(upload, 2, content("123456789"));

            assertThat(complete(upload, first, second).checksum())
                    .as("%s", algorithm)
                    .isEqualTo(once.checksum());
        }
    }

    @Test
    @Tag("OBJ-09")
    void parts_may_be_bytes_of_other_objects() {
        store().put(OTHER, GeneratedContent.of(3, LEAST_PART + 100), WriteOptions.PLAIN);
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var whole = partOf(store().uploads().copyPart(upload, 1, CopySource.of(ref(OTHER))));
        var slice = partOf(store().uploads()
                .copyPart(upload, 2, new CopySource(ref(OTHER), Conditions.NONE, new ByteRange.Between(5, 9))));

        complete(upload, whole, slice);

        var bytes = GeneratedContent.of(3, LEAST_PART + 100).whole();
        assertThat(bytes(KEY)).isEqualTo(bytes.concat(bytes.slice(5, 10)));
        assertThat(store().uploads().copyPart(upload, 3, CopySource.of(ref(OTHER))))
                .isInstanceOf(PartOutcome.NoSuchUpload.class);
    }

    @Test
    @Tag("OBJ-09")
    void a_part_of_another_object_is_refused_where_there_is_none() {
        put(OTHER, "v");
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var uploads = store().uploads();

        assertThat(uploads.copyPart(upload, 1, CopySource.of(ref(KEY)))).isInstanceOf(PartOutcome.SourceMissing.class);
        assertThat(uploads.copyPart(upload, 1, new CopySource(ref(OTHER), Conditions.ifMatch(WRONG), null)))
                .isInstanceOf(PartOutcome.SourceConditionFailed.class);
        assertThat(uploads.copyPart(
                        upload, 1, new CopySource(ref(OTHER), Conditions.NONE, new ByteRange.Between(1, 2))))
                .isEqualTo(new PartOutcome.SourceRangeRefused(1));
        assertThat(uploads.copyPart(
                        upload, 1, new CopySource(ref(OTHER), Conditions.NONE, new ByteRange.Between(0, 1))))
                .isEqualTo(new PartOutcome.SourceRangeRefused(1));
        assertThat(uploads.parts(upload, 0, 10).orElseThrow().parts()).isEmpty();
    }

    @Test
    @Tag("OBJ-10")
    void a_completion_names_parts_that_are_there() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var small = part(upload, 1, content("small"));
        var last = part(upload, 2, content("last"));
        var foreign = new PartClaim(2, WRONG, null);
        var missing = new PartClaim(3, last.etag(), null);

        assertThat(outcome(upload, claim(small), claim(last))).isEqualTo(told(new CompleteOutcome.PartTooSmall(1, 5)));
        assertThat(outcome(upload, claim(last), claim(small))).isInstanceOf(CompleteOutcome.InvalidPartOrder.class);
        assertThat(outcome(upload, claim(small), claim(small))).isInstanceOf(CompleteOutcome.InvalidPartOrder.class);
        assertThat(outcome(upload, claim(small), foreign)).isEqualTo(told(new CompleteOutcome.InvalidPart(2)));
        assertThat(outcome(upload, claim(last), missing)).isEqualTo(told(new CompleteOutcome.InvalidPart(3)));
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
        assertThat(complete(upload, last).size()).isEqualTo(4);
    }

    @Test
    @Tag("OBJ-10")
    void a_completion_may_say_size_checksum_and_condition() {
        var upload = store().uploads().start(KEY, uploadWith(ChecksumAlgorithm.CRC32C, Checksum.Scope.FULL_OBJECT));
        var only = claim(part(upload, 1, content("123456789")));
        var right = checksumOf123456789(ChecksumAlgorithm.CRC32C);
        var wrong = new Checksum(ChecksumAlgorithm.CRC32C, crc32c(Bytes.EMPTY), Checksum.Scope.FULL_OBJECT);
        var uploads = store().uploads();

        assertThat(told(uploads.complete(upload, List.of(only), new CompleteOptions(Conditions.NONE, 8, null))))
                .isEqualTo(told(new CompleteOutcome.SizeMismatch(9)));
        assertThat(uploads.complete(upload, List.of(only), new CompleteOptions(Conditions.NONE, -1, wrong)))
                .isEqualTo(new CompleteOutcome.Refused(new PutOutcome.ChecksumMismatch(ChecksumAlgorithm.CRC32C)));
        assertThat(uploads.complete(upload, List.of(only), new CompleteOptions(Conditions.ifMatch(WRONG), -1, null)))
                .isEqualTo(new CompleteOutcome.Refused(new PutOutcome.Missing()));
        put(KEY, "there");
        assertThat(uploads.complete(upload, List.of(only), new CompleteOptions(Conditions.CREATE_ONLY, -1, null)))
                .isEqualTo(new CompleteOutcome.Refused(new PutOutcome.PreconditionFailed()));
        assertThat(text(KEY)).isEqualTo("there");
        assertThat(uploads.complete(upload, List.of(only), new CompleteOptions(Conditions.NONE, 9, right)))
                .isInstanceOf(CompleteOutcome.Completed.class);
        assertThat(text(KEY)).isEqualTo("123456789");
    }

    @Test
    @Tag("OBJ-10")
    void a_claimed_checksum_of_a_part_is_compared() {
        var upload = store().uploads().start(KEY, uploadWith(ChecksumAlgorithm.SHA256, Checksum.Scope.COMPOSITE));
        var part = part(upload, 1, content("123456789"));
        var right = new PartClaim(1, part.etag(), checksumOf123456789(ChecksumAlgorithm.SHA256));
        var wrong = new PartClaim(
                1,
                part.etag(),
                new Checksum(ChecksumAlgorithm.SHA256, Bytes.copyOf(new byte[32]), Checksum.Scope.FULL_OBJECT));

        assertThat(outcome(upload, wrong)).isEqualTo(told(new CompleteOutcome.InvalidPart(1)));
        assertThat(outcome(upload, right)).isInstanceOf(CompleteOutcome.Completed.class);
    }

    @Test
    @Tag("OBJ-10")
    void a_part_that_has_not_its_checksum_is_not_stored() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var claim = ChecksumClaim.of(checksumOf123456789(ChecksumAlgorithm.SHA1));

        assertThat(store().uploads().part(upload, 1, content("x"), List.of(claim)))
                .isEqualTo(new PartOutcome.ChecksumMismatch(ChecksumAlgorithm.SHA1));
        assertThat(store().uploads().parts(upload, 0, 10).orElseThrow().parts()).isEmpty();
        assertThat(store().uploads().part(upload, 1, content("123456789"), List.of(claim)))
                .isInstanceOf(PartOutcome.Stored.class);
    }

    @Test
    @Tag("OBJ-10")
    void an_id_of_another_key_names_no_upload() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var foreign = new UploadRef(OTHER, upload.id());
        var unknown = new UploadRef(KEY, new UploadId("0123456789abcdef0123456789abcdef"));
        var claim = new PartClaim(1, WRONG, null);

        assertThat(Stream.of(foreign, unknown)).allSatisfy(none -> {
            var unread = GeneratedContent.of(1, 10);
            assertThat(store().uploads().part(none, 1, unread, List.of())).isInstanceOf(PartOutcome.NoSuchUpload.class);
            assertThat(unread.closed()).isTrue();
            assertThat(store().uploads().parts(none, 0, 10)).isEmpty();
            assertThat(store().uploads().abort(none)).isFalse();
            assertThat(outcome(none, claim)).isInstanceOf(CompleteOutcome.NoSuchUpload.class);
        });
    }

    @Test
    @Tag("OBJ-11")
    void completing_again_gives_the_same_answer() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = claim(part(upload, 1, content("v")));
        var first = outcome(upload, one);
        put(KEY, "written since");

        assertThat(outcome(upload, one)).isEqualTo(first);
        assertThat(text(KEY)).isEqualTo("written since");
        assertThat(outcome(upload, new PartClaim(1, WRONG, null))).isInstanceOf(CompleteOutcome.NoSuchUpload.class);
    }

    @Test
    @Tag("OBJ-11")
    void after_an_hour_a_completed_upload_is_forgotten() {
        requires(ObjectCapability.CLOCK);
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = claim(part(upload, 1, content("v")));
        var first = outcome(upload, one);

        fixture.clock().advance(Duration.ofMinutes(59));
        fixture.sweep();
        assertThat(outcome(upload, one)).isEqualTo(first);
        fixture.clock().advance(Duration.ofMinutes(2));
        fixture.sweep();

        assertThat(outcome(upload, one)).isInstanceOf(CompleteOutcome.NoSuchUpload.class);
        assertThat(text(KEY)).isEqualTo("v");
    }

    @Test
    @Tag("OBJ-11")
    void of_many_that_complete_at_once_all_have_the_same_answer() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = claim(part(upload, 1, content("v")));

        var outcomes = AtOnce.run(8, number -> () -> outcome(upload, one));

        assertThat(new HashSet<>(outcomes)).hasSize(1);
        assertThat(outcomes.getFirst()).isInstanceOf(CompleteOutcome.Completed.class);
    }

    @Test
    @Tag("OBJ-12")
    void an_upload_that_is_aborted_is_gone() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = claim(part(upload, 1, content("v")));

        assertThat(store().uploads().abort(upload)).isTrue();

        assertThat(store().uploads().abort(upload)).isFalse();
        assertThat(store().uploads().parts(upload, 0, 1)).isEmpty();
        assertThat(outcome(upload, one)).isInstanceOf(CompleteOutcome.NoSuchUpload.class);
        assertThat(store().uploads().list(UploadQuery.all()).entries()).isEmpty();
    }

    @Test
    @Tag("OBJ-12")
    void an_upload_that_is_forgotten_goes_after_7_days() {
        requires(ObjectCapability.CLOCK);
        var old = store().uploads().start(KEY, UploadOptions.PLAIN);
        part(old, 1, content("v"));
        fixture.clock().advance(Duration.ofDays(6));
        var young = store().uploads().start(OTHER, UploadOptions.PLAIN);
        fixture.sweep();
        assertThat(store().uploads().parts(old, 0, 1)).isPresent();

        fixture.clock().advance(Duration.ofDays(1).plusSeconds(1));
        fixture.sweep();

        assertThat(store().uploads().parts(old, 0, 1)).isEmpty();
        assertThat(store().uploads().parts(young, 0, 1)).isPresent();
    }

    @Test
    @Tag("OBJ-12")
    void parts_are_listed_by_number() {
        var upload = store().uploads().start(KEY, uploadWith(ChecksumAlgorithm.CRC32, Checksum.Scope.COMPOSITE));
        var parts = Stream.of(3, 1, 10_000, 2)
                .map(number -> part(upload, number, content("part " + number)))
                .toList();

        var first = store().uploads().parts(upload, 0, 2).orElseThrow();
        var second = store().uploads().parts(upload, 2, 2).orElseThrow();

        assertThat(told(first.parts())).isEqualTo(told(List.of(parts.get(1), parts.get(3))));
        assertThat(first.more()).isTrue();
        assertThat(told(second.parts())).isEqualTo(told(List.of(parts.get(0), parts.get(2))));
        assertThat(second.more()).isFalse();
        assertThat(first.upload()).isEqualTo(uploadWith(ChecksumAlgorithm.CRC32, Checksum.Scope.COMPOSITE));
        assertThatThrownBy(() -> store().uploads().part(upload, 10_001, content("v"), List.of()))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    @Tag("OBJ-12")
    void uploads_are_listed_by_key_and_then_by_their_start() {
        var uploads = Stream.of("b", "a/2", "a/1", "b", "c/x/1")
                .map(name -> store().uploads().start(ObjectKey.of(name), UploadOptions.PLAIN))
                .toList();
        var inOrder = List.of(uploads.get(2), uploads.get(1), uploads.get(0), uploads.get(3), uploads.get(4));

        assertThat(walkUploads(UploadQuery.all(), 1_000)).isEqualTo(texts(inOrder));
        assertThat(walkUploads(UploadQuery.all(), 1)).isEqualTo(texts(inOrder));
        assertThat(walkUploads(new UploadQuery(Bytes.utf8("a/"), Bytes.EMPTY, Bytes.EMPTY, null, 1), 1))
                .isEqualTo(texts(inOrder.subList(0, 2)));
        var rolledUp = new UploadQuery(Bytes.EMPTY, Bytes.utf8("/"), Bytes.EMPTY, null, 1);
        assertThat(walkUploads(rolledUp, 1))
                .containsExactly("a/ *", text(uploads.get(0)), text(uploads.get(3)), "c/ *");
    }

    @Test
    @Tag("OBJ-13")
    void a_reader_finishes_on_the_version_it_opened() {
        store().put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN);
        var opened = found(KEY);
        try (var reader = new ContentReader(opened.content())) {
            var first = Bytes.from(Objects.requireNonNull(next(reader)));

            put(KEY, "overwritten");
            delete(Conditions.NONE, ref(KEY));

            assertThat(first.concat(rest(reader)))
                    .isEqualTo(GeneratedContent.of(1, 1_000_000).whole());
        }
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    @Test
    @Tag("OBJ-13")
    void a_reader_of_parts_finishes_on_the_version_it_opened() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = part(upload, 1, GeneratedContent.of(1, LEAST_PART));
        var two = part(upload, 2, GeneratedContent.of(2, 1_000));
        complete(upload, one, two);
        var opened = found(KEY);
        try (var reader = new ContentReader(opened.content())) {
            var first = Bytes.from(Objects.requireNonNull(next(reader)));

            put(KEY, "overwritten");

            assertThat(first.concat(rest(reader)))
                    .isEqualTo(GeneratedContent.of(1, LEAST_PART)
                            .whole()
                            .concat(GeneratedContent.of(2, 1_000).whole()));
        }
        assertThat(text(KEY)).isEqualTo("overwritten");
    }

    @Test
    @Tag("OBJ-13")
    void readers_and_writers_at_once_never_see_a_mixture() {
        var wholes = IntStream.range(0, 4)
                .mapToObj(seed -> GeneratedContent.of(seed, 300_000).whole())
                .collect(Collectors.toSet());
        store().put(KEY, GeneratedContent.of(0, 300_000), WriteOptions.PLAIN);

        var seen = AtOnce.run(8, caller -> () -> caller < 4 ? overwrite(caller) : readOften());

        assertThat(seen.stream().flatMap(Set::stream))
                .isNotEmpty()
                .allSatisfy(bytes -> assertThat(wholes).contains(bytes));
    }

    private Set<Bytes> overwrite(int seed) {
        for (var round = 0; round < 10; round++) {
            stored(store().put(KEY, GeneratedContent.of(seed, 300_000), WriteOptions.PLAIN));
        }
        return Set.of();
    }

    private Set<Bytes> readOften() {
        var seen = new HashSet<Bytes>();
        for (var round = 0; round < 20; round++) {
            seen.add(bytes(KEY));
        }
        return seen;
    }

    @Test
    @Tag("OBJ-14")
    void an_upload_that_breaks_off_leaves_the_old_object() {
        put(KEY, "old");
        var upload = store().uploads().start(OTHER, UploadOptions.PLAIN);
        var broken = GeneratedContent.of(1, 500_000).breakingAfter(300_000);
        var brokenPart = GeneratedContent.of(1, 500_000).breakingAfter(300_000);

        assertThatThrownBy(() -> store().put(KEY, broken, WriteOptions.PLAIN))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the client has gone");
        assertThatThrownBy(() -> store().uploads().part(upload, 1, brokenPart, List.of()))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(broken.closed()).isTrue();
        assertThat(brokenPart.closed()).isTrue();
        assertThat(text(KEY)).isEqualTo("old");
        assertThat(store().uploads().parts(upload, 0, 10).orElseThrow().parts()).isEmpty();
        if (fixture.capabilities().contains(ObjectCapability.SURVIVES_KILL)) {
            assertThat(fixture.leftOver()).isZero();
        }
    }

    @Test
    @Tag("OBJ-14")
    void a_body_that_says_it_is_too_long_is_not_read() {
        var content = new SizedContent(ObjectLimits.PUT_BYTES + 1);

        assertFailure(FailureCode.TOO_LARGE, () -> store().put(KEY, content, WriteOptions.PLAIN));

        assertThat(content.read()).isFalse();
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    @Test
    @Tag("OBJ-15")
    void a_process_that_is_killed_at_any_step_leaves_the_old_or_the_new() {
        requires(ObjectCapability.SURVIVES_KILL);
        assertThat(fixture.steps()).isNotEmpty();
        for (var step : fixture.steps()) {
            store().put(KilledObjectWriter.REPLACED, KilledObjectWriter.before(), WriteOptions.PLAIN);
            store().put(KilledObjectWriter.REMOVED, KilledObjectWriter.before(), WriteOptions.PLAIN);
            delete(Conditions.NONE, ref(KilledObjectWriter.COMPLETED));

            fixture.killAt(step);

            assertOldOrNew(step);
            var listed = keys(walk(ObjectQuery.all()));
            assertThat(listed)
                    .as(step)
                    .allSatisfy(name -> assertThat(bytes(ObjectKey.of(name))).isNotEqualTo(Bytes.EMPTY));
            for (var entry : store().uploads().list(UploadQuery.all()).entries()) {
                assertThat(store().uploads().abort(((UploadPage.Entry.Upload) entry).upload()))
                        .isTrue();
            }
            assertThat(fixture.leftOver()).as(step).isZero();
        }
    }

    private void assertOldOrNew(String step) {
        var before = read(KilledObjectWriter.before());
        assertThat(bytes(KilledObjectWriter.REPLACED))
                .as(step)
                .isIn(before, KilledObjectWriter.replacement().whole());
        if (store().head(ref(KilledObjectWriter.REMOVED)) instanceof HeadOutcome.Found) {
            assertThat(bytes(KilledObjectWriter.REMOVED)).as(step).isEqualTo(before);
        }
        if (store().head(ref(KilledObjectWriter.COMPLETED)) instanceof HeadOutcome.Found) {
            assertThat(bytes(KilledObjectWriter.COMPLETED))
                    .as(step)
                    .isEqualTo(KilledObjectWriter.part(1)
                            .whole()
                            .concat(KilledObjectWriter.part(2).whole()));
        }
    }

    @Test
    @Tag("OBJ-16")
    void a_flipped_bit_is_noticed_before_its_block_leaves() {
        requires(ObjectCapability.NOTICES_FLIPPED_BITS);
        store().put(KEY, GeneratedContent.of(1, 350_000), WriteOptions.PLAIN);
        put(OTHER, "whole");

        fixture.flipBit(KEY, 300_000);

        var whole = GeneratedContent.of(1, 350_000).whole();
        assertThat(slice(new ByteRange.Between(0, 1_000))).isEqualTo(whole.slice(0, 1_001));
        assertFailure(FailureCode.CORRUPT, () -> bytes(KEY));
        assertFailure(FailureCode.CORRUPT, () -> slice(new ByteRange.Last(1)));
        assertThat(text(OTHER)).isEqualTo("whole");
    }

    @Test
    @Tag("OBJ-17")
    void an_object_of_5_gib_passes_through_a_heap_of_64_mib() {
        requires(ObjectCapability.SMALL_HEAP);

        // Of 5 GiB of zeros.
        assertThat(fixture.passThroughSmallHeap(ByteSize.ofBytes(ObjectLimits.PUT_BYTES)))
                .isEqualTo("ec4bcc8776ea04479b786e063a9ace45");
    }

    @Test
    @Tag("OBJ-18")
    void a_delete_of_1000_tells_each_outcome_in_order() {
        var there = IntStream.range(0, 1_000).mapToObj(ObjectStoreContract::key).toList();
        there.stream().limit(500).forEach(name -> put(name, "v"));
        var mixed = there.stream().map(ObjectRef::current).toList();

        var outcomes = store().delete(mixed, Conditions.NONE);

        assertThat(outcomes)
                .hasSize(1_000)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(DeleteOutcome.Deleted.class));
        assertThat(outcomes).extracting(DeleteOutcome::object).isEqualTo(mixed);
        assertThat(walk(ObjectQuery.all())).isEmpty();
    }

    @Test
    @Tag("OBJ-18")
    void a_delete_has_1_to_1000_objects() {
        var many =
                IntStream.range(0, 1_001).mapToObj(number -> ref(key(number))).toList();

        assertFailure(FailureCode.BAD_REQUEST, () -> store().delete(many, Conditions.NONE));
        assertFailure(FailureCode.BAD_REQUEST, () -> store().delete(List.of(), Conditions.NONE));
    }

    @Test
    @Tag("OBJ-19")
    void a_full_disk_leaves_the_old_object_and_goes_on_when_there_is_room() {
        requires(ObjectCapability.FULL_DISK);
        put(KEY, "old");

        fixture.room(ByteSize.ofKiB(200));

        assertFailure(
                FailureCode.UNAVAILABLE, () -> store().put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN));
        assertThat(text(KEY)).isEqualTo("old");
        assertThat(keys(walk(ObjectQuery.all()))).containsExactly(KEY.text());
        assertThat(fixture.leftOver()).isZero();
        fixture.room(ByteSize.ofMiB(100));
        store().put(KEY, GeneratedContent.of(1, 1_000_000), WriteOptions.PLAIN);
        assertThat(info(KEY).size()).isEqualTo(1_000_000);
    }

    @Test
    @Tag("OBJ-COPY")
    void a_copy_has_bytes_and_metadata_of_its_source() {
        var options = new WriteOptions(
                new HttpMetadata(Map.of(HttpMetadata.Field.CONTENT_TYPE, "text/plain")),
                new UserMetadata(Map.of("a", "1")),
                new Tags(Map.of("t", "1")),
                new StorageClass("GLACIER"),
                Conditions.NONE,
                List.of(ChecksumClaim.made(ChecksumAlgorithm.SHA256)));
        var source = stored(store().put(KEY, GeneratedContent.of(1, 200_000), options));

        var copied = copied(store().copy(CopySource.of(ref(KEY)), OTHER, CopyOptions.SAME));

        assertThat(copied).isEqualTo(info(OTHER));
        assertThat(copied.etag()).isEqualTo(source.etag());
        assertThat(copied.http()).isEqualTo(source.http());
        assertThat(copied.user()).isEqualTo(source.user());
        assertThat(copied.storageClass()).isEqualTo(source.storageClass());
        assertThat(copied.checksum()).isEqualTo(source.checksum());
        assertThat(store().tagging().get(ref(OTHER))).contains(options.tags());
        delete(Conditions.NONE, ref(KEY));
        assertThat(bytes(OTHER)).isEqualTo(GeneratedContent.of(1, 200_000).whole());
    }

    @Test
    @Tag("OBJ-COPY")
    void a_copy_may_have_metadata_tags_and_checksum_of_its_own() {
        put(KEY, "123456789");
        var own = new CopyOptions(
                new CopyOptions.Metadata(HttpMetadata.NONE, new UserMetadata(Map.of("b", "2"))),
                new Tags(Map.of("u", "2")),
                new StorageClass("GLACIER_IR"),
                ChecksumAlgorithm.CRC32C,
                Conditions.NONE);

        copied(store().copy(CopySource.of(ref(KEY)), OTHER, own));
        copied(store().copy(CopySource.of(ref(KEY)), KEY, own));

        assertThat(Stream.of(KEY, OTHER)).allSatisfy(key -> {
            assertThat(text(key)).isEqualTo("123456789");
            assertThat(info(key).user()).isEqualTo(new UserMetadata(Map.of("b", "2")));
            assertThat(info(key).storageClass()).isEqualTo(new StorageClass("GLACIER_IR"));
            assertThat(info(key).checksum()).isEqualTo(checksumOf123456789(ChecksumAlgorithm.CRC32C));
            assertThat(store().tagging().get(ref(key))).contains(new Tags(Map.of("u", "2")));
        });
    }

    @Test
    @Tag("OBJ-COPY")
    void a_copy_needs_a_source_and_both_conditions() {
        put(KEY, "v");
        var onlyNew = new CopyOptions(null, null, null, null, Conditions.CREATE_ONLY);

        assertThat(store().copy(CopySource.of(ref(OTHER)), KEY, CopyOptions.SAME))
                .isInstanceOf(CopyOutcome.SourceMissing.class);
        assertThat(store().copy(new CopySource(ref(KEY), Conditions.ifMatch(WRONG), null), OTHER, CopyOptions.SAME))
                .isInstanceOf(CopyOutcome.SourceConditionFailed.class);
        put("there");
        assertThat(store().copy(CopySource.of(ref(KEY)), ObjectKey.of("there"), onlyNew))
                .isEqualTo(new CopyOutcome.Refused(new PutOutcome.PreconditionFailed()));
        assertThat(store().copy(CopySource.of(ref(KEY)), OTHER, onlyNew)).isInstanceOf(CopyOutcome.Copied.class);
    }

    @Test
    @Tag("OBJ-COPY")
    void a_copy_of_parts_is_one_object() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var one = part(upload, 1, GeneratedContent.of(1, LEAST_PART));
        var two = part(upload, 2, GeneratedContent.of(2, 10));
        complete(upload, one, two);
        var whole = bytes(KEY);

        copied(store().copy(CopySource.of(ref(KEY)), OTHER, CopyOptions.SAME));
        delete(Conditions.NONE, ref(KEY));

        assertThat(bytes(OTHER)).isEqualTo(whole);
        assertThat(info(OTHER).etag()).isEqualTo(new ETag(md5(whole)));
        assertThat(info(OTHER).parts()).isEmpty();
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void a_bucket_that_keeps_versions_keeps_them() {
        requires(ObjectCapability.VERSIONS);
        var first = stored(versioned().put(KEY, content("first"), WriteOptions.PLAIN));
        var second = stored(versioned().put(KEY, content("second"), WriteOptions.PLAIN));

        assertThat(first.version()).isNotEqualTo(second.version()).isNotEqualTo(VersionId.NULL);
        assertThat(read(versioned(), ref(KEY))).isEqualTo("second");
        assertThat(read(versioned(), ref(KEY, first.version().text()))).isEqualTo("first");
        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt " + second.version() + " latest", "docs/a.txt " + first.version());
        assertThat(keys(walk(ObjectQuery.all()))).containsExactly(KEY.text());
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void a_delete_of_a_versioned_object_leaves_a_marker() {
        requires(ObjectCapability.VERSIONS);
        var first = stored(versioned().put(KEY, content("first"), WriteOptions.PLAIN));

        var deleted = deleteCurrent();

        assertThat(versioned().head(ref(KEY)))
                .isInstanceOfSatisfying(
                        HeadOutcome.Deleted.class,
                        marker -> assertThat(marker.marker()).isEqualTo(deleted));
        assertThat(versioned().get(ref(KEY, deleted.text()), ReadOptions.WHOLE)).isInstanceOf(GetOutcome.Deleted.class);
        assertThat(walk(ObjectQuery.all())).isEmpty();
        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt " + deleted + " marker latest", "docs/a.txt " + first.version());
        assertThat(putUnder(KEY, Conditions.CREATE_ONLY)).isInstanceOf(PutOutcome.Stored.class);
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void deleting_the_marker_brings_the_object_back() {
        requires(ObjectCapability.VERSIONS);
        var first = stored(versioned().put(KEY, content("first"), WriteOptions.PLAIN));
        var marker = deleteCurrent();

        var gone = versioned().delete(List.of(ref(KEY, marker.text())), Conditions.NONE);

        assertThat(gone).containsExactly(new DeleteOutcome.Deleted(ref(KEY, marker.text()), marker, true));
        assertThat(read(versioned(), ref(KEY))).isEqualTo("first");
        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt " + first.version() + " latest");
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void deleting_a_version_takes_it_alone() {
        requires(ObjectCapability.VERSIONS);
        var all = Stream.of("1", "2", "3")
                .map(text -> stored(versioned().put(KEY, content(text), WriteOptions.PLAIN)))
                .toList();

        versioned().delete(List.of(ref(KEY, all.get(2).version().text())), Conditions.NONE);
        versioned().delete(List.of(ref(KEY, all.get(0).version().text())), Conditions.NONE);

        assertThat(read(versioned(), ref(KEY))).isEqualTo("2");
        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt " + all.get(1).version() + " latest");
        assertThat(versioned().delete(List.of(ref(KEY, "0123456789abcdef0123456789abcdef")), Conditions.NONE))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(DeleteOutcome.Deleted.class));
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void a_suspended_bucket_replaces_the_null_version_and_keeps_the_others() {
        requires(ObjectCapability.VERSIONS);
        var suspended = fixture.store(Versioning.SUSPENDED);
        put(KEY, "null 1");
        var kept = stored(versioned().put(KEY, content("kept"), WriteOptions.PLAIN));
        stored(suspended.put(KEY, content("null 2"), WriteOptions.PLAIN));

        assertThat(read(suspended, ref(KEY, "null"))).isEqualTo("null 2");
        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt null latest", "docs/a.txt " + kept.version());
        var deleted = suspended.delete(List.of(ref(KEY)), Conditions.NONE);
        assertThat(deleted).containsExactly(new DeleteOutcome.Deleted(ref(KEY), VersionId.NULL, true));
        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt null marker latest", "docs/a.txt " + kept.version());
        assertThat(read(suspended, ref(KEY, kept.version().text()))).isEqualTo("kept");
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void a_bucket_without_versions_lists_its_objects_as_null_versions() {
        requires(ObjectCapability.VERSIONS);
        put(KEY, "1");
        put(KEY, "2");
        put(OTHER, "3");

        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt null latest", "docs/b.txt null latest");
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void versions_are_paged_and_rolled_up_like_keys() {
        requires(ObjectCapability.VERSIONS);
        Stream.of("a/1", "a/1", "b", "b", "b", "c/1")
                .forEach(name -> versioned().put(ObjectKey.of(name), content("v"), WriteOptions.PLAIN));
        var query = ObjectQuery.all().withVersions();
        var all = versions(query);

        assertThat(all).hasSize(6);
        assertThat(versions(query.limitedTo(1))).isEqualTo(all);
        assertThat(versions(query.limitedTo(4))).isEqualTo(all);
        assertThat(versions(query.rolledUpAt("/").limitedTo(2)))
                .isEqualTo(Stream.of(List.of("a/ *"), all.subList(2, 5), List.of("c/ *"))
                        .flatMap(List::stream)
                        .toList());
        var second = new VersionId(all.get(3).split(" ")[1]);
        assertThat(versions(query.from(new ListStart.After(Bytes.utf8("b"), second))))
                .isEqualTo(all.subList(4, 6));
        assertThat(versions(query.from(after("b")))).isEqualTo(all.subList(5, 6));
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void any_history_of_versions_is_listed_as_a_model_says() {
        requires(ObjectCapability.VERSIONS);
        var random = new Random(13);
        var model = new TreeMap<String, List<String>>();
        for (var round = 0; round < 120; round++) {
            var name = "k" + random.nextInt(4);
            change(random, ObjectKey.of(name), model.computeIfAbsent(name, any -> new ArrayList<>()));

            var query = ObjectQuery.all().withVersions().limitedTo(1 + random.nextInt(9));
            assertThat(versions(query)).as("round %s", round).isEqualTo(listed(model));
        }
    }

    /** Does something to a key, and the same to what it should have come to, newest first. */
    private void change(Random random, ObjectKey key, List<String> history) {
        var versioning = random.nextBoolean() ? Versioning.SUSPENDED : Versioning.ENABLED;
        var store = fixture.store(versioning);
        var kind = random.nextInt(3);
        if (kind < 2 && versioning == Versioning.SUSPENDED) {
            history.removeIf(version -> version.startsWith("null"));
        }
        if (kind == 0) {
            history.addFirst(stored(store.put(key, content("v"), WriteOptions.PLAIN))
                    .version()
                    .text());
        } else if (kind == 1) {
            history.addFirst(versionOf(store.delete(List.of(ref(key)), Conditions.NONE)) + " marker");
        } else if (!history.isEmpty()) {
            var gone = history.remove(random.nextInt(history.size()));
            store.delete(List.of(ref(key, gone.replace(" marker", ""))), Conditions.NONE);
        }
    }

    private static List<String> listed(Map<String, List<String>> model) {
        var listed = new ArrayList<String>();
        model.forEach((name, history) -> {
            for (var at = 0; at < history.size(); at++) {
                listed.add(name + " " + history.get(at) + (at == 0 ? " latest" : ""));
            }
        });
        return listed;
    }

    private static VersionId versionOf(List<DeleteOutcome> outcomes) {
        return Objects.requireNonNull(((DeleteOutcome.Deleted) outcomes.getFirst()).version());
    }

    private ObjectStore store() {
        return fixture.store(Versioning.OFF);
    }

    private ObjectStore versioned() {
        return fixture.store(Versioning.ENABLED);
    }

    /** Makes a delete marker. @return its version */
    private VersionId deleteCurrent() {
        var outcome = versioned().delete(List.of(ref(KEY)), Conditions.NONE).getFirst();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DeleteOutcome.Deleted.class,
                        deleted -> assertThat(deleted.marker()).isTrue());
        return Objects.requireNonNull(((DeleteOutcome.Deleted) outcome).version());
    }

    private static Bytes value(ObjectPart part) {
        return Objects.requireNonNull(part.checksum()).value();
    }

    private void requires(ObjectCapability capability) {
        if (!claims(capability)) {
            throw new NotClaimed(capability);
        }
    }

    private void put(String name) {
        put(ObjectKey.of(name), "v");
    }

    private ObjectInfo put(ObjectKey key, String text) {
        return stored(store().put(key, content(text), WriteOptions.PLAIN));
    }

    private PutOutcome putUnder(ObjectKey key, Conditions conditions) {
        return store().put(key, content("v"), WriteOptions.PLAIN.under(conditions));
    }

    private List<DeleteOutcome> delete(Conditions conditions, ObjectRef object) {
        return store().delete(List.of(object), conditions);
    }

    private ObjectPart part(UploadRef upload, int number, Content content) {
        return partOf(store().uploads().part(upload, number, content, List.of()));
    }

    private CompleteOutcome outcome(UploadRef upload, PartClaim... claims) {
        return told(store().uploads().complete(upload, List.of(claims), CompleteOptions.PLAIN));
    }

    /** What every store tells of an object that was written. */
    private ObjectInfo told(ObjectInfo info) {
        return claims(ObjectCapability.TELLS_ALL)
                ? info
                : new ObjectInfo(
                        info.key(),
                        info.version(),
                        info.etag(),
                        info.size(),
                        Instant.EPOCH,
                        HttpMetadata.NONE,
                        info.user(),
                        StorageClass.STANDARD,
                        info.tags(),
                        info.checksum(),
                        List.of());
    }

    private List<ObjectPart> told(List<ObjectPart> parts) {
        return claims(ObjectCapability.TELLS_ALL)
                ? parts
                : parts.stream()
                        .map(part ->
                                new ObjectPart(part.number(), part.etag(), part.size(), Instant.EPOCH, part.checksum()))
                        .toList();
    }

    /** What every store tells of a completion. */
    private CompleteOutcome told(CompleteOutcome outcome) {
        if (claims(ObjectCapability.TELLS_ALL)) {
            return outcome;
        }
        return switch (outcome) {
            case CompleteOutcome.Completed(var info) ->
                new CompleteOutcome.Completed(new ObjectInfo(
                        info.key(),
                        info.version(),
                        info.etag(),
                        0,
                        Instant.EPOCH,
                        HttpMetadata.NONE,
                        UserMetadata.NONE,
                        StorageClass.STANDARD,
                        0,
                        null,
                        List.of()));
            case CompleteOutcome.InvalidPart part -> new CompleteOutcome.InvalidPart(0);
            case CompleteOutcome.PartTooSmall part -> new CompleteOutcome.PartTooSmall(0, 0);
            case CompleteOutcome.SizeMismatch size -> new CompleteOutcome.SizeMismatch(0);
            case CompleteOutcome.TooLarge large -> new CompleteOutcome.TooLarge(0);
            case CompleteOutcome.NoSuchUpload none -> none;
            case CompleteOutcome.InvalidPartOrder order -> order;
            case CompleteOutcome.Refused refused -> refused;
        };
    }

    private List<ChecksumAlgorithm> algorithms() {
        return Stream.of(ChecksumAlgorithm.values())
                .filter(algorithm -> claims(ObjectCapability.EVERY_CHECKSUM)
                        || !Set.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA384, ChecksumAlgorithm.SHA512)
                                .contains(algorithm))
                .toList();
    }

    /** The text where any is taken, or else one of plain letters. */
    private String any(String text) {
        return claims(ObjectCapability.ANY_TEXT) ? text : "text";
    }

    private boolean claims(ObjectCapability capability) {
        return fixture.capabilities().contains(capability);
    }

    private ObjectInfo complete(UploadRef upload, ObjectPart... parts) {
        var claims = Stream.of(parts).map(ObjectStoreContract::claim).toList();
        var outcome = store().uploads().complete(upload, claims, CompleteOptions.PLAIN);
        assertThat(outcome).isInstanceOf(CompleteOutcome.Completed.class);
        return ((CompleteOutcome.Completed) outcome).info();
    }

    private ObjectInfo info(ObjectKey key) {
        var outcome = store().head(ref(key));
        assertThat(outcome).isInstanceOf(HeadOutcome.Found.class);
        return ((HeadOutcome.Found) outcome).info();
    }

    private GetOutcome.Found found(ObjectKey key) {
        return found(store(), ref(key), ReadOptions.WHOLE);
    }

    private static GetOutcome.Found found(ObjectStore store, ObjectRef object, ReadOptions options) {
        var outcome = store.get(object, options);
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        return (GetOutcome.Found) outcome;
    }

    private Bytes bytes(ObjectKey key) {
        return read(found(key).content());
    }

    private String text(ObjectKey key) {
        return bytes(key).toUtf8();
    }

    private static String read(ObjectStore store, ObjectRef object) {
        return read(found(store, object, ReadOptions.WHOLE).content()).toUtf8();
    }

    private Bytes slice(ByteRange range) {
        var found = found(store(), ref(KEY), ReadOptions.of(range));
        var bytes = read(found.content());
        assertThat(found.slice().length()).isEqualTo(bytes.size());
        return bytes;
    }

    private List<Listed> walk(ObjectQuery query) {
        var walked = new ArrayList<Listed>();
        var page = store().list(query);
        walked.addAll(page.entries());
        while (page instanceof ObjectPage.More more) {
            assertThat(more.entries()).hasSizeLessThanOrEqualTo(query.limit());
            page = store().list(query.from(new ListStart.Resumed(more.next())));
            walked.addAll(page.entries());
        }
        return walked;
    }

    private List<String> versions(ObjectQuery query) {
        return walk(query).stream().map(ObjectStoreContract::version).toList();
    }

    private static String version(Listed listed) {
        return switch (listed) {
            case Listed.Item item -> item.info().key() + " " + item.info().version() + (item.latest() ? " latest" : "");
            case Listed.DeleteMarker marker ->
                marker.key() + " " + marker.version() + " marker" + (marker.latest() ? " latest" : "");
            case Listed.CommonPrefix common -> common.prefix().toUtf8() + " *";
        };
    }

    private static List<String> keys(List<Listed> listed) {
        return listed.stream()
                .map(entry -> entry.sortedBy().toUtf8() + (entry instanceof Listed.CommonPrefix ? " *" : ""))
                .toList();
    }

    private List<String> walkUploads(UploadQuery query, int limit) {
        var walked = new ArrayList<String>();
        var next = new UploadPage.Position(Bytes.EMPTY, null);
        while (next != null) {
            var page = store().uploads()
                    .list(new UploadQuery(query.prefix(), query.delimiter(), next.key(), next.upload(), limit));
            page.entries()
                    .forEach(entry -> walked.add(
                            switch (entry) {
                                case UploadPage.Entry.Upload upload -> text(upload.upload());
                                case UploadPage.Entry.CommonPrefix common ->
                                    common.prefix().toUtf8() + " *";
                            }));
            next = page.next();
        }
        return walked;
    }

    private static List<String> texts(List<UploadRef> uploads) {
        return uploads.stream().map(ObjectStoreContract::text).toList();
    }

    private static String text(UploadRef upload) {
        return upload.key() + " " + upload.id();
    }

    private static ObjectInfo stored(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
        return ((PutOutcome.Stored) outcome).info();
    }

    private static ObjectInfo copied(CopyOutcome outcome) {
        assertThat(outcome).isInstanceOf(CopyOutcome.Copied.class);
        return ((CopyOutcome.Copied) outcome).info();
    }

    private static ObjectPart partOf(PartOutcome outcome) {
        assertThat(outcome).isInstanceOf(PartOutcome.Stored.class);
        return ((PartOutcome.Stored) outcome).part();
    }

    private static PartClaim claim(ObjectPart part) {
        return new PartClaim(part.number(), part.etag(), null);
    }

    private static String name(Object outcome) {
        if (outcome instanceof GetOutcome.Found found) {
            found.content().close();
        }
        return outcome.getClass().getSimpleName();
    }

    private static String next(ObjectPage page) {
        return ((ObjectPage.More) page).next();
    }

    private static UploadOptions uploadWith(ChecksumAlgorithm algorithm, Checksum.Scope scope) {
        return new UploadOptions(
                HttpMetadata.NONE, UserMetadata.NONE, Tags.NONE, StorageClass.STANDARD, algorithm, scope);
    }

    private static WriteOptions claims(ChecksumClaim... claims) {
        return new WriteOptions(
                HttpMetadata.NONE,
                UserMetadata.NONE,
                Tags.NONE,
                StorageClass.STANDARD,
                Conditions.NONE,
                List.of(claims));
    }

    private static ListStart after(String key) {
        return new ListStart.After(Bytes.utf8(key), null);
    }

    private static ObjectRef ref(ObjectKey key) {
        return ObjectRef.current(key);
    }

    private static ObjectRef ref(ObjectKey key, String version) {
        return new ObjectRef(key, new VersionId(version));
    }

    private static ObjectKey key(int number) {
        return ObjectKey.of("k%07d".formatted(number));
    }

    private static Content content(String text) {
        return Content.of(Bytes.utf8(text));
    }

    private static Bytes read(Content content) {
        return GeneratedContent.read(content);
    }

    private static Bytes rest(ContentReader reader) {
        var all = new ByteArrayOutputStream();
        for (var piece = next(reader); piece != null; piece = next(reader)) {
            all.writeBytes(Bytes.from(piece).toByteArray());
        }
        return Bytes.copyOf(all.toByteArray());
    }

    private static @Nullable ByteBuffer next(ContentReader reader) {
        try {
            return reader.next();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static String md5(String text) {
        return md5(Bytes.utf8(text));
    }

    private static String md5(Bytes bytes) {
        return digest("MD5", bytes).toHex();
    }

    private static String md5OfMd5s(ObjectPart... parts) {
        var all = Bytes.EMPTY;
        for (var part : parts) {
            all = all.concat(Bytes.parseHex(part.etag().text()));
        }
        return md5(all);
    }

    private static Bytes digest(String name, Bytes bytes) {
        try {
            return Bytes.copyOf(MessageDigest.getInstance(name).digest(bytes.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes crc32c(Bytes bytes) {
        var crc = new CRC32C();
        crc.update(bytes.toByteBuffer());
        return Bytes.from(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).flip());
    }

    /** CRCs of these nine digits are the check values of the catalogue of parametrised CRC algorithms. */
    private static Checksum checksumOf123456789(ChecksumAlgorithm algorithm) {
        var digits = Bytes.utf8("123456789");
        var value = switch (algorithm) {
            case MD5 -> digest("MD5", digits);
            case SHA1 -> digest("SHA-1", digits);
            case SHA256 -> digest("SHA-256", digits);
            case SHA384 -> digest("SHA-384", digits);
            case SHA512 -> digest("SHA-512", digits);
            case CRC32 -> Bytes.parseHex("cbf43926");
            case CRC32C -> Bytes.parseHex("e3069283");
            case CRC64NVME -> Bytes.parseHex("ae8b14860a799888");
        };
        return new Checksum(algorithm, value, Checksum.Scope.FULL_OBJECT);
    }

    private static String randomText(Random random) {
        var text = new StringBuilder();
        for (var length = 1 + random.nextInt(6); length > 0; length--) {
            text.append(List.of("a", "b", "/", "//", "\u20AC", "\uD83D\uDE00", "\u0000")
                    .get(random.nextInt(7)));
        }
        return text.toString();
    }

    private static void assertFailure(FailureCode code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
