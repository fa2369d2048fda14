package io.triport.manager.cloudflare.r2;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageSettings;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Wording;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.route.Call;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Which buckets there are, as far as callers may see them. Safe for many threads. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class BucketShelf {
    /** The one that there is. */
    static final String JURISDICTION = "default";

    private static final Wording WORDS = new Wording(Problem.BUCKET_NOT_FOUND, Problem.OBJECT_CONFLICT);

    private final Account account;
    private final Storage storage;
    private final ManagerBuckets buckets;
    private final StorageSettings.Engine engine;
    private final Shelf<Bucket> shelf;

    BucketShelf(Account account, Storage storage, ManagerBuckets buckets, StorageSettings settings) {
        this.account = account;
        this.storage = storage;
        this.buckets = buckets;
        this.engine = settings.engine();
        this.shelf = new Shelf<>(storage, Bucket.KIND, Bucket.FORM, Problem.BUCKET_NOT_FOUND);
    }

    /**
     * Before anything else of a call.
     *
     * @throws io.triport.manager.answer.Refused UNSUPPORTED where several nodes share the data: objects lie in a directory of one of them
     */
    void require(Call call) {
        account.require(call.variable("account"));
        if (engine instanceof StorageSettings.PostgreSql) {
            throw Problem.UNSUPPORTED.refused();
        }
        requireDefault(call);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a jurisdiction that there is not */
    static void requireDefault(Call call) {
        var jurisdiction = call.fetch().headers().only("cf-r2-jurisdiction");
        if (jurisdiction.filter(name -> !name.equals(JURISDICTION)).isPresent()) {
            throw Fields.invalid("cf-r2-jurisdiction", JURISDICTION + " here");
        }
    }

    /** The name of the bucket that a call is about. @throws io.triport.manager.answer.Refused BUCKET_NOT_FOUND for one that no bucket can have */
    BucketName name(Call call) {
        require(call);
        try {
            return new BucketName(call.variable("bucket"));
        } catch (InvalidInput e) {
            throw Problem.BUCKET_NOT_FOUND.refused();
        }
    }

    Shelf<Bucket> all() {
        return shelf;
    }

    /** Those that a grant may see, by name. */
    List<Kept<Bucket>> visible(Grant grant) {
        return shelf.list(grant).stream()
                .filter(kept -> grant.permits(Action.BUCKET_GET_CONFIG, ResourceName.container(kept.id())))
                .toList();
    }

    /** @throws io.triport.manager.answer.Refused FORBIDDEN, BUCKET_NOT_FOUND */
    Kept<Bucket> require(Grant grant, BucketName name, Action action) {
        if (!grant.permits(action, ResourceName.container(name.text()))) {
            throw Problem.FORBIDDEN.refused();
        }
        var kept = shelf.find(grant, name.text());
        if (kept.isEmpty()) {
            buckets.gone(name);
            throw Problem.BUCKET_NOT_FOUND.refused();
        }
        buckets.found(name, kept.get().value().folder());
        return kept.get();
    }

    /** Does something with the objects of a bucket. */
    <T> T within(Grant grant, BucketName name, Function<ObjectStore, T> work) {
        return WORDS.of(() -> work.apply(storage.objects(grant, name)));
    }
}
