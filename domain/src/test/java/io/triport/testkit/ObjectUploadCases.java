package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.CompleteOptions;
import io.triport.domain.object.CompleteOutcome;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.ETag;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPart;
import io.triport.domain.object.PartClaim;
import io.triport.domain.object.PartOutcome;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadId;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.ObjectCapability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects of parts: numbers, checksums, completions, and uploads that are forgotten. */
abstract class ObjectUploadCases extends ObjectListingCases {
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
        if (declares(ObjectCapability.TELLS_ALL)) {
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
    void an_upload_that_would_be_too_long_is_not_completed() {
        var upload = store().uploads().start(KEY, UploadOptions.PLAIN);
        var only = claim(part(upload, 1, content("12345")));

        assertThat(told(store().uploads().complete(upload, List.of(only), upTo(4))))
                .isEqualTo(told(new CompleteOutcome.TooLarge(5)));
        assertThat(store().head(ref(KEY))).isInstanceOf(HeadOutcome.Missing.class);
        assertThat(store().uploads().complete(upload, List.of(only), upTo(5)))
                .isInstanceOf(CompleteOutcome.Completed.class);
    }

    private static CompleteOptions upTo(long bytes) {
        return new CompleteOptions(Conditions.NONE, -1, null, bytes);
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
        requires(ObjectAbility.CLOCK);
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
        requires(ObjectAbility.CLOCK);
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

    private static Bytes value(ObjectPart part) {
        return Objects.requireNonNull(part.checksum()).value();
    }

    private CompleteOutcome outcome(UploadRef upload, PartClaim... claims) {
        return told(store().uploads().complete(upload, List.of(claims), CompleteOptions.PLAIN));
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
        return uploads.stream().map(ObjectUploadCases::text).toList();
    }

    private static UploadOptions uploadWith(ChecksumAlgorithm algorithm, Checksum.Scope scope) {
        return new UploadOptions(
                HttpMetadata.NONE, UserMetadata.NONE, Tags.NONE, StorageClass.STANDARD, algorithm, scope);
    }

    private static String md5OfMd5s(ObjectPart... parts) {
        var all = Bytes.EMPTY;
        for (var part : parts) {
            all = all.concat(Bytes.parseHex(part.etag().text()));
        }
        return md5(all);
    }
}
