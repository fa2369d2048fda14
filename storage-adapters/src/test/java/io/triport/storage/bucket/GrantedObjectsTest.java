package io.triport.storage.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ByteRange;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageCall;
import io.triport.storage.memory.Memory;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.GeneratedContent;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How far a grant reaches into a bucket. */
final class GrantedObjectsTest {
    private static final BucketName BUCKET = new BucketName("bucket");
    private static final BucketName OTHER = new BucketName("other");
    private static final ObjectKey INSIDE = ObjectKey.of("data/a");
    private static final ObjectKey BESIDE = ObjectKey.of("data-private/a");

    private final SettableClock clock = SettableClock.anywhere();
    private final EmbeddedObjects objects = Memory.objects(clock, new SeededRandomness(1));
    private final ObjectStore whole = objects.store(Versioning.ENABLED);
    private final TestGrants grants = new TestGrants(clock);
    private final RecordingStorageLog log = new RecordingStorageLog();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            bucket -> bucket.equals(BUCKET) ? Optional.of(whole) : Optional.empty(),
            clock,
            new SettableTicker(),
            log);

    GrantedObjectsTest() {
        Stream.of("data/a", "data/b", "data-private/a", "z").forEach(this::put);
    }

    @Test
    void a_prefix_is_whole_segments() {
        var store = granted("data");

        assertThat(store.head(ObjectRef.current(INSIDE))).isInstanceOf(HeadOutcome.Found.class);
        assertDenied(() -> store.head(ObjectRef.current(BESIDE)));
        assertDenied(() -> store.get(ObjectRef.current(BESIDE), ReadOptions.WHOLE));
        assertDenied(() -> store.tagging().get(ObjectRef.current(BESIDE)));
        assertDenied(() -> store.tagging().put(ObjectRef.current(BESIDE), Tags.NONE));
    }

    @Test
    void bytes_of_objects_are_told_as_far_as_they_were_stored_or_asked_for() {
        var store = storage.objects(grants.ofEverything(), BUCKET);
        var upload = store.uploads().start(INSIDE, UploadOptions.PLAIN);

        store.put(INSIDE, GeneratedContent.of(1, 500), WriteOptions.PLAIN);
        store.put(INSIDE, GeneratedContent.of(1, 500), WriteOptions.PLAIN.under(Conditions.CREATE_ONLY));
        store.uploads().part(upload, 1, GeneratedContent.of(1, 70), List.of());
        read(store.get(ObjectRef.current(INSIDE), ReadOptions.WHOLE));
        read(store.get(ObjectRef.current(INSIDE), ReadOptions.of(new ByteRange.Between(10, 19))));
        store.get(ObjectRef.current(ObjectKey.of("none")), ReadOptions.WHOLE);

        assertThat(log.calls().stream().skip(1))
                .extracting(call -> ((StorageCall.Done) call.result()).moved())
                .containsExactly(
                        new StorageCall.Moved(500, 0),
                        new StorageCall.Moved(0, 0),
                        new StorageCall.Moved(70, 0),
                        new StorageCall.Moved(0, 500),
                        new StorageCall.Moved(0, 10),
                        new StorageCall.Moved(0, 0));
    }

    private static void read(GetOutcome outcome) {
        GeneratedContent.read(((GetOutcome.Found) outcome).content());
    }

    @Test
    void a_write_that_is_denied_gives_its_content_back_unread() {
        var content = GeneratedContent.of(1, 10);
        var part = GeneratedContent.of(1, 10);
        var upload = whole.uploads().start(BESIDE, UploadOptions.PLAIN);

        assertDenied(() -> granted("data").put(BESIDE, content, WriteOptions.PLAIN));
        assertDenied(() -> granted("data").uploads().part(upload, 1, part, List.of()));

        assertThat(List.of(content, part)).allSatisfy(denied -> {
            assertThat(denied.closed()).isTrue();
            assertThat(denied.given()).isZero();
        });
    }

    @Test
    void a_copy_needs_both_ends() {
        var store = granted("data");

        assertDenied(() -> store.copy(CopySource.of(ObjectRef.current(BESIDE)), INSIDE, CopyOptions.SAME));
        assertDenied(() -> store.copy(CopySource.of(ObjectRef.current(INSIDE)), BESIDE, CopyOptions.SAME));
    }

    @Test
    void a_version_needs_an_action_of_its_own() {
        var version = version(INSIDE);
        var current = storage.objects(grant(Set.of(Action.OBJECT_GET, Action.OBJECT_HEAD), "data"), BUCKET);
        var ofVersions = storage.objects(grant(Set.of(Action.OBJECT_GET_VERSION), "data"), BUCKET);
        var old = new ObjectRef(INSIDE, version);

        assertThat(current.head(ObjectRef.current(INSIDE))).isInstanceOf(HeadOutcome.Found.class);
        assertDenied(() -> current.head(old));
        assertDenied(() -> current.get(old, ReadOptions.WHOLE));
        assertThat(ofVersions.head(old)).isInstanceOf(HeadOutcome.Found.class);
        assertDenied(() -> ofVersions.head(ObjectRef.current(INSIDE)));
    }

    @Test
    void of_a_batch_of_deletes_what_is_not_reached_is_denied_and_the_rest_is_done() {
        var refs = Stream.of(INSIDE, BESIDE, ObjectKey.of("data/missing"))
                .map(ObjectRef::current)
                .toList();

        var outcomes = granted("data").delete(refs, Conditions.NONE);

        assertThat(outcomes).extracting(DeleteOutcome::object).isEqualTo(refs);
        assertThat(outcomes.get(0)).isInstanceOf(DeleteOutcome.Deleted.class);
        assertThat(outcomes.get(1)).isEqualTo(new DeleteOutcome.Denied(ObjectRef.current(BESIDE)));
        assertThat(outcomes.get(2)).isInstanceOf(DeleteOutcome.Deleted.class);
        assertThat(whole.head(ObjectRef.current(BESIDE))).isInstanceOf(HeadOutcome.Found.class);
        assertThat(whole.head(ObjectRef.current(INSIDE))).isInstanceOf(HeadOutcome.Deleted.class);
    }

    @Test
    void a_version_is_deleted_by_who_may_delete_versions() {
        var old = new ObjectRef(INSIDE, version(INSIDE));
        var store = storage.objects(grant(Set.of(Action.OBJECT_DELETE), "data"), BUCKET);

        assertThat(store.delete(List.of(old), Conditions.NONE)).containsExactly(new DeleteOutcome.Denied(old));
    }

    @Test
    void a_listing_shows_what_is_reached_and_no_more() {
        assertThat(keys(granted("data"), ObjectQuery.of("data"))).containsExactly("data/a", "data/b");
        assertThat(keys(granted("data"), ObjectQuery.of("data").rolledUpAt("/")))
                .containsExactly("data/");
        assertThat(keys(granted("data"), ObjectQuery.of("data/"))).containsExactly("data/a", "data/b");
        assertThat(keys(granted("data"), ObjectQuery.of("data").withVersions())).containsExactly("data/a", "data/b");
        assertDenied(() -> granted("data").list(ObjectQuery.all()));
        assertDenied(() -> granted("data").list(ObjectQuery.of("dat")));
        assertDenied(() -> granted("data").list(ObjectQuery.of("data-private/")));
        assertThat(keys(granted(""), ObjectQuery.all())).hasSize(4);
    }

    @Test
    void uploads_are_listed_as_far_as_they_are_reached() {
        var inside = whole.uploads().start(INSIDE, UploadOptions.PLAIN);
        var beside = whole.uploads().start(BESIDE, UploadOptions.PLAIN);
        var uploads = granted("data").uploads();
        var query = new UploadQuery(Bytes.utf8("data"), Bytes.EMPTY, Bytes.EMPTY, null, 10);

        assertThat(uploads.list(query).entries()).hasSize(1);
        assertThat(uploads.parts(inside, 0, 1)).isPresent();
        assertDenied(() -> uploads.parts(beside, 0, 1));
        assertDenied(() -> uploads.abort(beside));
        assertThat(uploads.abort(new UploadRef(INSIDE, beside.id()))).isFalse();
        assertDenied(() -> uploads.list(UploadQuery.all()));
    }

    @Test
    void a_bucket_that_is_not_reached_is_denied_whether_it_exists_or_not() {
        assertDenied(() -> storage.objects(grants.ofPrefix("third", KeyPrefix.EVERY), BUCKET));
        assertDenied(() -> storage.objects(grants.ofPrefix("third", KeyPrefix.EVERY), OTHER));
        assertThatThrownBy(() -> storage.objects(grants.ofEverything(), OTHER))
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void a_view_ends_with_its_grant() {
        var grant = grants.ofEverything();
        var store = storage.objects(grant, BUCKET);

        grant.close();

        assertDenied(() -> store.head(ObjectRef.current(INSIDE)));
        assertDenied(() -> store.delete(List.of(ObjectRef.current(INSIDE)), Conditions.NONE));
    }

    private ObjectStore granted(String prefix) {
        return storage.objects(grant(TestGrants.EVERY_ACTION, prefix), BUCKET);
    }

    private Grant grant(Set<Action> actions, String prefix) {
        return grants.of(
                "someone",
                new Permission(actions, Set.of(ResourcePattern.exactly("bucket")), Set.of(KeyPrefix.of(prefix))));
    }

    private void put(String name) {
        whole.put(ObjectKey.of(name), Content.of(Bytes.utf8("v")), WriteOptions.PLAIN);
    }

    private VersionId version(ObjectKey key) {
        return ((HeadOutcome.Found) whole.head(ObjectRef.current(key))).info().version();
    }

    private static List<String> keys(ObjectStore store, ObjectQuery query) {
        return store.list(query).entries().stream()
                .map(Listed::sortedBy)
                .map(Bytes::toUtf8)
                .toList();
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.AccessDenied.class);
    }
}
