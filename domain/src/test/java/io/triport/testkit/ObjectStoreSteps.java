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
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.ETag;
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
import io.triport.domain.object.StorageClass;
import io.triport.domain.object.Tags;
import io.triport.domain.object.UploadRef;
import io.triport.domain.object.UserMetadata;
import io.triport.domain.object.VersionId;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.storage.ObjectCapability;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the cases of the contract of object stores have in common: the store under test, and short words for what they do with it. */
abstract class ObjectStoreSteps {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("object-matrix", "OBJ-", test -> ((ObjectStoreSteps) test).adapter());

    static final ObjectKey KEY = ObjectKey.of("docs/a.txt");
    static final ObjectKey OTHER = ObjectKey.of("docs/b.txt");
    static final int LEAST_PART = (int) ObjectLimits.LEAST_PART_BYTES;
    static final ETag WRONG = new ETag("00000000000000000000000000000000");

    ObjectFixture fixture;

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

    ObjectStore store() {
        return fixture.store(Versioning.OFF);
    }

    void requires(ObjectAbility ability) {
        if (!fixture.abilities().contains(ability)) {
            throw new NotClaimed(ability);
        }
    }

    /** That nothing is left out, where that is declared; and else that something is. */
    <T> void requireAllTold(T told, T all) {
        if (!declares(ObjectCapability.TELLS_ALL)) {
            assertThat(told).isNotEqualTo(all);
            throw new NotClaimed(ObjectCapability.TELLS_ALL);
        }
        assertThat(told).isEqualTo(all);
    }

    void put(String name) {
        put(ObjectKey.of(name), "v");
    }

    ObjectInfo put(ObjectKey key, String text) {
        return stored(store().put(key, content(text), WriteOptions.PLAIN));
    }

    PutOutcome putUnder(ObjectKey key, Conditions conditions) {
        return store().put(key, content("v"), WriteOptions.PLAIN.under(conditions));
    }

    List<DeleteOutcome> delete(Conditions conditions, ObjectRef object) {
        return store().delete(List.of(object), conditions);
    }

    ObjectPart part(UploadRef upload, int number, Content content) {
        return partOf(store().uploads().part(upload, number, content, List.of()));
    }

    /** What every store tells of an object that was written. */
    ObjectInfo told(ObjectInfo info) {
        return declares(ObjectCapability.TELLS_ALL)
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

    List<ObjectPart> told(List<ObjectPart> parts) {
        return declares(ObjectCapability.TELLS_ALL)
                ? parts
                : parts.stream()
                        .map(part ->
                                new ObjectPart(part.number(), part.etag(), part.size(), Instant.EPOCH, part.checksum()))
                        .toList();
    }

    /** What every store tells of a completion. */
    CompleteOutcome told(CompleteOutcome outcome) {
        if (declares(ObjectCapability.TELLS_ALL)) {
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

    boolean declares(ObjectCapability capability) {
        return fixture.info().can(capability);
    }

    ObjectInfo complete(UploadRef upload, ObjectPart... parts) {
        var claims = Stream.of(parts).map(ObjectStoreSteps::claim).toList();
        var outcome = store().uploads().complete(upload, claims, CompleteOptions.PLAIN);
        assertThat(outcome).isInstanceOf(CompleteOutcome.Completed.class);
        return ((CompleteOutcome.Completed) outcome).info();
    }

    ObjectInfo info(ObjectKey key) {
        var outcome = store().head(ref(key));
        assertThat(outcome).isInstanceOf(HeadOutcome.Found.class);
        return ((HeadOutcome.Found) outcome).info();
    }

    GetOutcome.Found found(ObjectKey key) {
        return found(store(), ref(key), ReadOptions.WHOLE);
    }

    static GetOutcome.Found found(ObjectStore store, ObjectRef object, ReadOptions options) {
        var outcome = store.get(object, options);
        assertThat(outcome).isInstanceOf(GetOutcome.Found.class);
        return (GetOutcome.Found) outcome;
    }

    Bytes bytes(ObjectKey key) {
        return read(found(key).content());
    }

    String text(ObjectKey key) {
        return bytes(key).toUtf8();
    }

    static String read(ObjectStore store, ObjectRef object) {
        return read(found(store, object, ReadOptions.WHOLE).content()).toUtf8();
    }

    Bytes slice(ByteRange range) {
        var found = found(store(), ref(KEY), ReadOptions.of(range));
        var bytes = read(found.content());
        assertThat(found.slice().length()).isEqualTo(bytes.size());
        return bytes;
    }

    List<Listed> walk(ObjectQuery query) {
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

    static List<String> keys(List<Listed> listed) {
        return listed.stream()
                .map(entry -> entry.sortedBy().toUtf8() + (entry instanceof Listed.CommonPrefix ? " *" : ""))
                .toList();
    }

    static String text(UploadRef upload) {
        return upload.key() + " " + upload.id();
    }

    static ObjectInfo stored(PutOutcome outcome) {
        assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
        return ((PutOutcome.Stored) outcome).info();
    }

    static ObjectPart partOf(PartOutcome outcome) {
        assertThat(outcome).isInstanceOf(PartOutcome.Stored.class);
        return ((PartOutcome.Stored) outcome).part();
    }

    static PartClaim claim(ObjectPart part) {
        return new PartClaim(part.number(), part.etag(), null);
    }

    static String next(ObjectPage page) {
        return ((ObjectPage.More) page).next();
    }

    static WriteOptions claims(ChecksumClaim... claims) {
        return new WriteOptions(
                HttpMetadata.NONE,
                UserMetadata.NONE,
                Tags.NONE,
                StorageClass.STANDARD,
                Conditions.NONE,
                List.of(claims));
    }

    static ListStart after(String key) {
        return new ListStart.After(Bytes.utf8(key), null);
    }

    static ObjectRef ref(ObjectKey key) {
        return ObjectRef.current(key);
    }

    static ObjectRef ref(ObjectKey key, String version) {
        return new ObjectRef(key, new VersionId(version));
    }

    static ObjectKey key(int number) {
        return ObjectKey.of("k%07d".formatted(number));
    }

    static Content content(String text) {
        return Content.of(Bytes.utf8(text));
    }

    static Bytes read(Content content) {
        return GeneratedContent.read(content);
    }

    static @Nullable ByteBuffer next(ContentReader reader) {
        try {
            return reader.next();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static String md5(String text) {
        return md5(Bytes.utf8(text));
    }

    static String md5(Bytes bytes) {
        return digest("MD5", bytes).toHex();
    }

    static Bytes digest(String name, Bytes bytes) {
        try {
            return Bytes.copyOf(MessageDigest.getInstance(name).digest(bytes.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes crc32c(Bytes bytes) {
        var crc = new CRC32C();
        crc.update(bytes.toByteBuffer());
        return Bytes.from(
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).flip());
    }

    /** CRCs of these nine digits are the check values of the catalogue of parametrised CRC algorithms. */
    static Checksum checksumOf123456789(ChecksumAlgorithm algorithm) {
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

    static void assertFailure(FailureCode code, Callable<?> call) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
