package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETag;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Slice;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.ObjectCapability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is stored comes back: bytes of every size, metadata, tags, checksums, and keys of any text. */
abstract class ObjectValueCases extends ObjectStoreSteps {
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
        if (!fixture.abilities().contains(ObjectAbility.REOPEN)) {
            assertThat(fixture.info().durability()).isLessThan(Durability.DURABLE);
        }
        requires(ObjectAbility.REOPEN);
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
        var longest = fixture.info().longestKey();
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
    @Tag("OBJ-06")
    void a_key_longer_than_the_store_says_is_refused() {
        var longest = fixture.info().longestKey();
        if (longest < ObjectKey.MOST_BYTES) {
            assertThatThrownBy(() -> put(ObjectKey.of("k".repeat(longest + 1)), "v"))
                    .isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    @Tag("OBJ-05")
    void a_checksum_that_the_store_does_not_keep_is_refused() {
        put(KEY, "old");

        for (var algorithm : ChecksumAlgorithm.values()) {
            if (!algorithms().contains(algorithm)) {
                var options = WriteOptions.PLAIN.with(ChecksumClaim.made(algorithm));
                assertFailure(FailureCode.UNSUPPORTED, () -> store().put(KEY, content("new"), options));
            }
        }
        assertThat(text(KEY)).isEqualTo("old");
    }

    @Test
    @Tag("OBJ-LIMITS")
    void a_text_that_the_store_cannot_keep_is_refused() {
        if (declares(ObjectCapability.ANY_TEXT)) {
            return;
        }
        var options = new WriteOptions(
                HttpMetadata.NONE,
                new UserMetadata(Map.of("\u20AC", "v")),
                Tags.NONE,
                StorageClass.STANDARD,
                Conditions.NONE,
                List.of());

        assertFailure(FailureCode.BAD_REQUEST, () -> store().put(KEY, content("v"), options));
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
    }

    private List<ChecksumAlgorithm> algorithms() {
        return Stream.of(ChecksumAlgorithm.values())
                .filter(algorithm -> declares(ObjectCapability.EVERY_CHECKSUM)
                        || !Set.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA384, ChecksumAlgorithm.SHA512)
                                .contains(algorithm))
                .toList();
    }

    /** The text where any is taken, or else one of plain letters. */
    private String any(String text) {
        return declares(ObjectCapability.ANY_TEXT) ? text : "text";
    }
}
