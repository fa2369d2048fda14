package io.triport.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.WorkloadCredential;
import io.triport.domain.identity.WorkloadCredentials;
import io.triport.domain.object.Backend;
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
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
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
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.testkit.GeneratedContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class S3ObjectStoreTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b");

    private final S3Server server = S3Server.start();
    private final ObjectStore store = server.store();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void what_was_put_is_read_with_all_that_was_said_of_it() {
        var options = new WriteOptions(
                new HttpMetadata(Map.of(HttpMetadata.Field.CONTENT_TYPE, "text/plain")),
                new UserMetadata(Map.of("colour", "grün", "size", "7")),
                new Tags(Map.of("a b", "c&d")),
                StorageClass.STANDARD,
                Conditions.NONE,
                List.of());

        var put = store.put(KEY, text("hello"), options);

        assertThat(put).isInstanceOfSatisfying(PutOutcome.Stored.class, stored -> {
            assertThat(stored.info().etag()).isEqualTo(new ETag("5d41402abc4b2a76b9719d911017c592"));
            assertThat(stored.info().size()).isEqualTo(5);
        });
        var found = found(store.get(ObjectRef.current(KEY), ReadOptions.WHOLE));
        assertThat(Bodies.read(found.content())).isEqualTo(Bytes.utf8("hello"));
        assertThat(found.info().http()).isEqualTo(options.http());
        assertThat(found.info().user()).isEqualTo(options.user());
        assertThat(found.info().tags()).isEqualTo(1);
        assertThat(store.tagging().get(ObjectRef.current(KEY))).contains(options.tags());
        assertThat(((HeadOutcome.Found) store.head(ObjectRef.current(KEY))).info())
                .isEqualTo(found.info());
    }

    @Test
    void a_body_of_unknown_length_is_sent_with_the_length_that_it_has() {
        var crc = ChecksumClaim.made(ChecksumAlgorithm.CRC32C);
        var body = GeneratedContent.of(1, 300_000);
        var upload = store.uploads().start(KEY, UploadOptions.PLAIN);

        var put = store.put(KEY, body, WriteOptions.PLAIN.with(crc));
        assertThat(server.last().field("x-amz-decoded-content-length")).isEqualTo("300000");
        var part = store.uploads().part(upload, 1, GeneratedContent.of(2, 10), List.of());
        assertThat(server.last().field("content-length")).isEqualTo("10");

        assertThat(put).isInstanceOfSatisfying(PutOutcome.Stored.class, stored -> {
            assertThat(stored.info().size()).isEqualTo(300_000);
            assertThat(stored.info().checksum()).isNotNull();
        });
        assertThat(part).isInstanceOf(PartOutcome.Stored.class);
        assertThat(Bodies.read(found(store.get(ObjectRef.current(KEY), ReadOptions.WHOLE))
                        .content()))
                .isEqualTo(body.whole());
    }

    @Test
    void each_request_bears_our_name_and_no_other() {
        store.put(KEY, text("x"), WriteOptions.PLAIN);
        store.list(ObjectQuery.all());

        assertThat(server.seen())
                .allSatisfy(seen -> assertThat(seen.field("user-agent"))
                        .startsWith("triport")
                        .doesNotContain("aws"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../x",
                "a//b",
                "/a",
                "a/",
                "a b+c%2F",
                "ü😀",
                "a?b=c&d#e",
                "~!*'()",
                "new\nline",
                "null\u0000",
                ".",
                "a/./b",
                "\\"
            })
    void any_key_is_sent_as_it_is(String text) {
        var key = ObjectKey.of(text);
        var other = ObjectKey.of("copy of " + text);

        store.put(key, text("odd"), WriteOptions.PLAIN);

        assertThat(server.model().keys()).containsExactly(text);
        assertThat(found(store.get(ObjectRef.current(key), ReadOptions.WHOLE))
                        .info()
                        .key())
                .isEqualTo(key);
        assertThat(keys(store.list(ObjectQuery.all()))).containsExactly(text);
        assertThat(store.copy(CopySource.of(ObjectRef.current(key)), other, CopyOptions.SAME))
                .isInstanceOf(CopyOutcome.Copied.class);
        assertThat(store.delete(List.of(ObjectRef.current(key), ObjectRef.current(other)), Conditions.NONE))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(DeleteOutcome.Deleted.class));
        assertThat(server.model().keys()).isEmpty();
    }

    @Test
    void a_missing_object_is_an_outcome_and_a_missing_bucket_a_failure() {
        assertThat(store.get(ObjectRef.current(KEY), ReadOptions.WHOLE)).isEqualTo(new GetOutcome.Missing());
        assertThat(store.head(ObjectRef.current(KEY))).isEqualTo(new HeadOutcome.Missing());

        var elsewhere = S3Server.open(new Backend.S3(
                server.uri(),
                "us-east-1",
                "other",
                Backend.Addressing.PATH,
                server.backend().signer()));

        assertThatThrownBy(() -> elsewhere.get(ObjectRef.current(KEY), ReadOptions.WHOLE))
                .isInstanceOfSatisfying(
                        StorageFailure.Rejected.class, e -> assertThat(e.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThatThrownBy(() -> elsewhere.list(ObjectQuery.all())).isInstanceOf(StorageFailure.Rejected.class);
    }

    @Test
    void ranges_tell_which_bytes_they_came_to() {
        store.put(KEY, text("0123456789"), WriteOptions.PLAIN);

        assertThat(slice(new ByteRange.Between(2, 4))).isEqualTo("234");
        assertThat(slice(new ByteRange.Between(8, 100))).isEqualTo("89");
        assertThat(slice(new ByteRange.From(7))).isEqualTo("789");
        assertThat(slice(new ByteRange.Last(3))).isEqualTo("789");
        var last = found(store.get(ObjectRef.current(KEY), ReadOptions.of(new ByteRange.Last(3))));
        assertThat(last.slice()).isEqualTo(new Slice(7, 3));
        assertThat(last.info().size()).isEqualTo(10);
        last.content().close();
        assertThat(store.get(ObjectRef.current(KEY), ReadOptions.of(new ByteRange.From(10))))
                .isEqualTo(new GetOutcome.RangeRefused(10));
    }

    @Test
    void conditions_of_a_read_are_judged_by_the_endpoint() {
        store.put(KEY, text("hello"), WriteOptions.PLAIN);
        var tag = new ETag("5d41402abc4b2a76b9719d911017c592");

        var same = new Conditions(null, new ETagMatch.OneOf(Set.of(tag)), null, null);
        assertThat(store.get(ObjectRef.current(KEY), new ReadOptions(null, same)))
                .isInstanceOfSatisfying(
                        GetOutcome.NotModified.class,
                        answer -> assertThat(answer.info().etag()).isEqualTo(tag));
        assertThat(store.get(ObjectRef.current(KEY), new ReadOptions(null, Conditions.ifMatch(new ETag("other")))))
                .isEqualTo(new GetOutcome.PreconditionFailed(null));
    }

    @Test
    void a_conditional_write_is_tried_once_with_a_key_of_its_own() {
        var only = WriteOptions.PLAIN.under(Conditions.CREATE_ONLY);

        assertThat(store.put(KEY, text("one"), only)).isInstanceOf(PutOutcome.Stored.class);
        assertThat(store.put(KEY, text("two"), only)).isEqualTo(new PutOutcome.PreconditionFailed());
        assertThat(store.put(
                        ObjectKey.of("none"), text("x"), WriteOptions.PLAIN.under(Conditions.ifMatch(new ETag("x")))))
                .isEqualTo(new PutOutcome.Missing());

        assertThat(server.seen().stream().filter(seen -> seen.path().contains("a/.triport-probe-")))
                .hasSize(4);
        assertThat(server.model().keys()).containsExactly("a/b");
    }

    @Test
    void an_endpoint_that_ignores_conditions_gets_no_write_under_one() {
        try (var careless = S3Server.withoutConditions()) {
            var content = PieceContent.of(3);

            assertThatThrownBy(
                            () -> careless.store().put(KEY, content, WriteOptions.PLAIN.under(Conditions.CREATE_ONLY)))
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));

            assertThat(content.closed()).isTrue();
            assertThat(careless.model().keys()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"})
    void a_checksum_follows_the_bytes_and_is_kept(ChecksumAlgorithm algorithm) {
        for (var length : List.of(0, 1, 65_536, (1 << 20) - 1, 1 << 20, (1 << 20) + 70_001)) {
            var put = store.put(KEY, PieceContent.of(length), WriteOptions.PLAIN.with(ChecksumClaim.made(algorithm)));

            assertThat(put).isInstanceOf(PutOutcome.Stored.class);
            var made = ((PutOutcome.Stored) put).info().checksum();
            assertThat(made).isNotNull();
            assertThat(Objects.requireNonNull(server.model().get("a/b")).bytes())
                    .isEqualTo(PieceContent.bytes(length));
            assertThat(server.last().field("content-length"))
                    .isEqualTo(Integer.toString(server.last().body().size()));
            assertThat(((HeadOutcome.Found) store.head(ObjectRef.current(KEY)))
                            .info()
                            .checksum())
                    .isEqualTo(made);
        }
    }

    @Test
    void bytes_that_are_not_those_claimed_never_become_an_object() {
        var wrong = ChecksumClaim.of(
                new Checksum(ChecksumAlgorithm.CRC32, Bytes.copyOf(new byte[4]), Checksum.Scope.FULL_OBJECT));
        var md5 = ChecksumClaim.md5(Bytes.copyOf(new byte[16]));

        assertThat(store.put(KEY, PieceContent.of(200_000), WriteOptions.PLAIN.with(wrong)))
                .isEqualTo(new PutOutcome.ChecksumMismatch(ChecksumAlgorithm.CRC32));
        assertThat(store.put(KEY, PieceContent.of(0), WriteOptions.PLAIN.with(md5)))
                .isEqualTo(new PutOutcome.ChecksumMismatch(ChecksumAlgorithm.MD5));
        assertThat(store.put(KEY, PieceContent.of(5), WriteOptions.PLAIN.with(md5)))
                .isEqualTo(new PutOutcome.ChecksumMismatch(ChecksumAlgorithm.MD5));

        assertThat(server.model().keys()).isEmpty();
    }

    @Test
    void what_a_content_fails_with_after_its_last_byte_comes_out_and_nothing_is_stored() {
        var failure = new InvalidInput("signature", "of the last chunk");

        assertThatThrownBy(() -> store.put(KEY, PieceContent.failing(200_000, failure), WriteOptions.PLAIN))
                .isSameAs(failure);
        assertThatThrownBy(() -> store.put(KEY, PieceContent.failing(0, failure), WriteOptions.PLAIN))
                .isSameAs(failure);

        assertThat(server.model().keys()).isEmpty();
    }

    @Test
    void pages_follow_each_other_without_a_gap() {
        var names = new ArrayList<String>();
        for (var i = 0; i < 25; i++) {
            names.add("p/%02d".formatted(i));
            server.model().put(names.getLast());
        }
        server.model().put("q");

        var seen = new ArrayList<String>();
        var query = ObjectQuery.of("p/").limitedTo(10);
        var page = store.list(query);
        seen.addAll(keys(page));
        while (page instanceof ObjectPage.More more) {
            page = store.list(query.from(new ListStart.Resumed(more.next())));
            seen.addAll(keys(page));
        }

        assertThat(seen).containsExactlyElementsOf(names);
        assertThat(keys(store.list(query.from(new ListStart.After(Bytes.utf8("p/22"), null)))))
                .containsExactly("p/23", "p/24");
    }

    @Test
    void a_common_prefix_that_the_marker_lies_in_is_not_given_again() {
        for (var name : List.of("a/1", "a/2", "b", "c/1")) {
            server.model().put(name);
        }
        var query = ObjectQuery.all().rolledUpAt("/");

        assertThat(keys(store.list(query))).containsExactly("a/", "b", "c/");
        assertThat(keys(store.list(query.from(new ListStart.After(Bytes.utf8("a/1"), null)))))
                .containsExactly("b", "c/");
        assertThat(keys(store.list(query.withVersions()))).containsExactly("a/", "b", "c/");
    }

    @Test
    void a_position_of_another_listing_is_refused() {
        for (var position : List.of("", "t", "v.x.y", "nonsense")) {
            assertThatThrownBy(() -> store.list(ObjectQuery.all().from(new ListStart.Resumed(position))))
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.BAD_CURSOR));
        }
    }

    @Test
    void versions_are_listed_page_by_page() {
        for (var i = 0; i < 5; i++) {
            server.model().put("k" + i);
        }
        var query = ObjectQuery.all().withVersions().limitedTo(2);

        var first = (ObjectPage.More) store.list(query);
        var second = store.list(query.from(new ListStart.Resumed(first.next())));

        assertThat(keys(first)).containsExactly("k0", "k1");
        assertThat(keys(second)).containsExactly("k2", "k3");
        assertThat(first.entries().getFirst())
                .isInstanceOfSatisfying(
                        Listed.Item.class, item -> assertThat(item.latest()).isTrue());
    }

    @Test
    void many_deletes_are_answered_each() {
        server.model().put("x");
        server.model().put("locked");
        var objects = List.of("x", "gone", "locked").stream()
                .map(name -> ObjectRef.current(ObjectKey.of(name)))
                .toList();

        var outcomes = store.delete(objects, Conditions.NONE);

        assertThat(outcomes)
                .containsExactly(
                        new DeleteOutcome.Deleted(objects.get(0), null, false),
                        new DeleteOutcome.Deleted(objects.get(1), null, false),
                        new DeleteOutcome.Failed(objects.get(2)));
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void a_copy_is_made_by_the_endpoint() {
        store.put(KEY, text("hello"), WriteOptions.PLAIN);
        var target = ObjectKey.of("target");
        var metadata = new CopyOptions.Metadata(
                new HttpMetadata(
                        Map.of(HttpMetadata.Field.CONTENT_TYPE, "text/html", HttpMetadata.Field.EXPIRES, "tomorrow")),
                new UserMetadata(Map.of("x", "y")));

        var copy = store.copy(
                CopySource.of(ObjectRef.current(KEY)),
                target,
                new CopyOptions(metadata, null, null, null, Conditions.NONE));

        assertThat(copy).isInstanceOfSatisfying(CopyOutcome.Copied.class, copied -> {
            assertThat(copied.info().http()).isEqualTo(metadata.http());
            assertThat(copied.info().user()).isEqualTo(metadata.user());
        });
        assertThat(store.copy(CopySource.of(ObjectRef.current(ObjectKey.of("none"))), target, CopyOptions.SAME))
                .isEqualTo(new CopyOutcome.SourceMissing());
        assertThat(store.copy(
                        new CopySource(ObjectRef.current(KEY), Conditions.ifMatch(new ETag("other")), null),
                        target,
                        CopyOptions.SAME))
                .isEqualTo(new CopyOutcome.SourceConditionFailed());
    }

    @Test
    void an_error_behind_the_line_of_success_is_an_error() {
        store.put(KEY, text("hello"), WriteOptions.PLAIN);
        var late = ObjectKey.of("late-error");

        assertThatThrownBy(() -> store.copy(CopySource.of(ObjectRef.current(KEY)), late, CopyOptions.SAME))
                .isInstanceOf(StorageFailure.Unavailable.class);

        var upload = store.uploads().start(late, UploadOptions.PLAIN);
        var part = stored(store.uploads().part(upload, 1, text("x"), List.of()));
        assertThatThrownBy(() -> store.uploads().complete(upload, List.of(part), CompleteOptions.PLAIN))
                .isInstanceOf(StorageFailure.Unavailable.class);
    }

    @Test
    void parts_become_an_object() {
        var uploads = store.uploads();
        var options = new UploadOptions(
                new HttpMetadata(Map.of(HttpMetadata.Field.CACHE_CONTROL, "no-store")),
                new UserMetadata(Map.of("a", "b")),
                Tags.NONE,
                StorageClass.STANDARD,
                null,
                Checksum.Scope.COMPOSITE);
        server.model().put("source", "0123456789");

        var upload = uploads.start(KEY, options);
        var first = stored(uploads.part(upload, 1, text("abcd"), List.of()));
        var second = stored(uploads.copyPart(
                upload,
                2,
                new CopySource(
                        ObjectRef.current(ObjectKey.of("source")), Conditions.NONE, new ByteRange.Between(2, 5))));

        assertThat(uploads.parts(upload, 0, 1000).orElseThrow().parts())
                .extracting(part -> part.size())
                .containsExactly(4L, 4L);
        assertThat(uploads.list(UploadQuery.all()).entries()).hasSize(1);
        assertThat(uploads.complete(
                        upload, List.of(first, new PartClaim(2, new ETag("wrong"), null)), CompleteOptions.PLAIN))
                .isInstanceOf(CompleteOutcome.InvalidPart.class);
        var complete = uploads.complete(upload, List.of(first, second), CompleteOptions.PLAIN);

        assertThat(complete).isInstanceOfSatisfying(CompleteOutcome.Completed.class, done -> {
            assertThat(done.info().etag().text()).endsWith("-2");
            assertThat(done.info().size()).isEqualTo(8);
            assertThat(done.info().user()).isEqualTo(options.user());
        });
        assertThat(((HeadOutcome.Found) store.head(ObjectRef.current(KEY)))
                        .info()
                        .parts())
                .hasSize(2);
        assertThat(uploads.abort(upload)).isFalse();
        assertThat(uploads.parts(upload, 0, 10)).isEmpty();
        assertThat(uploads.complete(upload, List.of(first), CompleteOptions.PLAIN))
                .isEqualTo(new CompleteOutcome.NoSuchUpload());
        assertThat(uploads.part(new UploadRef(KEY, new UploadId("none")), 1, text("x"), List.of()))
                .isEqualTo(new PartOutcome.NoSuchUpload());
    }

    @Test
    void a_copied_part_lies_within_its_source() {
        store.put(KEY, text("0123"), WriteOptions.PLAIN);
        var upload = store.uploads().start(KEY, UploadOptions.PLAIN);
        var source = ObjectRef.current(KEY);

        assertThat(store.uploads()
                        .copyPart(upload, 1, new CopySource(source, Conditions.NONE, new ByteRange.Between(2, 9))))
                .isEqualTo(new PartOutcome.SourceRangeRefused(4));
        assertThat(store.uploads().copyPart(upload, 1, CopySource.of(ObjectRef.current(ObjectKey.of("none")))))
                .isEqualTo(new PartOutcome.SourceMissing());
    }

    @Test
    void tags_are_replaced_and_removed() {
        store.put(KEY, text("x"), WriteOptions.PLAIN);
        var object = ObjectRef.current(KEY);
        var tags = new Tags(Map.of("a", "1", "<b>", "&"));

        assertThat(store.tagging().put(object, tags)).isTrue();
        assertThat(store.tagging().get(object)).contains(tags);
        assertThat(store.tagging().put(object, Tags.NONE)).isTrue();
        assertThat(store.tagging().get(object)).contains(Tags.NONE);
        assertThat(store.tagging().get(ObjectRef.current(ObjectKey.of("none")))).isEmpty();
        assertThat(store.tagging().put(ObjectRef.current(ObjectKey.of("none")), tags))
                .isFalse();
    }

    @Test
    void an_endpoint_that_does_not_know_us_is_told_apart_from_one_that_denies() {
        var stranger = S3Server.open(server.backend("another secret"));

        for (Runnable call : List.<Runnable>of(
                () -> stranger.get(ObjectRef.current(KEY), ReadOptions.WHOLE),
                () -> stranger.put(KEY, text("x"), WriteOptions.PLAIN),
                () -> stranger.list(ObjectQuery.all()))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            StorageFailure.Unavailable.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.BACKEND_AUTHENTICATION));
        }
    }

    @Test
    void a_fetched_key_signs_with_its_token_and_a_missing_one_sends_nothing() {
        var key = new WorkloadCredential.SigningKey(
                S3Server.KEY_ID, Secret.of(S3Server.SECRET), Secret.of("token"), Instant.MAX);
        var held = fetched(target -> new WorkloadCredentials.Answer.Held(key));
        var none = fetched(target -> new WorkloadCredentials.Answer.Unavailable(Duration.ofSeconds(5), "AccessDenied"));

        held.put(KEY, text("x"), WriteOptions.PLAIN);
        held.list(ObjectQuery.all());

        assertThat(server.seen())
                .allSatisfy(
                        seen -> assertThat(seen.field("x-amz-security-token")).isEqualTo("token"));
        var before = server.seen().size();
        for (Runnable call : List.<Runnable>of(
                () -> none.get(ObjectRef.current(KEY), ReadOptions.WHOLE), () -> none.list(ObjectQuery.all()))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            StorageFailure.Unavailable.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.BACKEND_AUTHENTICATION));
        }
        assertThat(server.seen()).hasSize(before);
    }

    @Test
    void nobody_signs_nothing() {
        var anonymous = S3Server.open(S3Server.backend(server.uri(), new Backend.Signer.Nobody()));

        anonymous.put(KEY, text("x"), WriteOptions.PLAIN);
        anonymous.list(ObjectQuery.all());

        assertThat(server.seen()).allSatisfy(seen -> assertThat(seen.fields()).doesNotContainKey("authorization"));
    }

    private ObjectStore fetched(WorkloadCredentials credentials) {
        return S3Server.open(S3Server.backend(server.uri(), new Backend.Signer.Fetched(credentials, "cloud")));
    }

    private String slice(ByteRange range) {
        var found = found(store.get(ObjectRef.current(KEY), ReadOptions.of(range)));
        var bytes = Bodies.read(found.content());
        assertThat(found.slice().length()).isEqualTo(bytes.size());
        return bytes.toUtf8();
    }

    private static PartClaim stored(PartOutcome outcome) {
        var part = ((PartOutcome.Stored) outcome).part();
        return new PartClaim(part.number(), part.etag(), part.checksum());
    }

    private static GetOutcome.Found found(GetOutcome outcome) {
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        return (GetOutcome.Found) outcome;
    }

    private static List<String> keys(ObjectPage page) {
        return page.entries().stream().map(entry -> entry.sortedBy().toUtf8()).toList();
    }

    private static Content text(String text) {
        return Content.of(Bytes.utf8(text));
    }
}
