package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.object.ChecksumClaim;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ETag;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.HttpMetadata;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadOptions;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies, and buckets that keep versions. */
abstract class ObjectVersionCases extends ObjectFaultCases {
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
    void a_copy_that_would_be_too_long_is_not_made() {
        put(KEY, "12345");

        assertThat(store().copy(CopySource.of(ref(KEY)), OTHER, upTo(4))).isEqualTo(new CopyOutcome.TooLarge(5));
        assertThat(store().head(ref(OTHER))).isInstanceOf(HeadOutcome.Missing.class);
        assertThat(store().copy(CopySource.of(ref(KEY)), OTHER, upTo(5))).isInstanceOf(CopyOutcome.Copied.class);
    }

    private static CopyOptions upTo(long bytes) {
        return new CopyOptions(null, null, null, null, Conditions.NONE, bytes);
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
        requires(ObjectAbility.VERSIONS);
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
        requires(ObjectAbility.VERSIONS);
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
        requires(ObjectAbility.VERSIONS);
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
        requires(ObjectAbility.VERSIONS);
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
        requires(ObjectAbility.VERSIONS);
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
        requires(ObjectAbility.VERSIONS);
        put(KEY, "1");
        put(KEY, "2");
        put(OTHER, "3");

        assertThat(versions(ObjectQuery.all().withVersions()))
                .containsExactly("docs/a.txt null latest", "docs/b.txt null latest");
    }

    @Test
    @Tag("OBJ-VERSIONS")
    void versions_are_paged_and_rolled_up_like_keys() {
        requires(ObjectAbility.VERSIONS);
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
        requires(ObjectAbility.VERSIONS);
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

    private List<String> versions(ObjectQuery query) {
        return walk(query).stream().map(ObjectVersionCases::version).toList();
    }

    private static String version(Listed listed) {
        return switch (listed) {
            case Listed.Item item -> item.info().key() + " " + item.info().version() + (item.latest() ? " latest" : "");
            case Listed.DeleteMarker marker ->
                marker.key() + " " + marker.version() + " marker" + (marker.latest() ? " latest" : "");
            case Listed.CommonPrefix common -> common.prefix().toUtf8() + " *";
        };
    }

    private static ObjectInfo copied(CopyOutcome outcome) {
        assertThat(outcome).isInstanceOf(CopyOutcome.Copied.class);
        return ((CopyOutcome.Copied) outcome).info();
    }
}
