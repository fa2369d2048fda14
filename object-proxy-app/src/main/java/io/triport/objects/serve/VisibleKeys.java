package io.triport.objects.serve;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.object.VersionId;
import io.triport.objects.bucket.BucketListing;
import io.triport.objects.bucket.FilteredListing;
import io.triport.objects.bucket.FilteredUploads;
import io.triport.objects.wire.S3Error;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keys of a bucket as a caller sees them in listings. */
record VisibleKeys(S3Call call) {
    /** @param next where more follow; null where not */
    record Page(List<Listed> entries, @Nullable String next) {
        Listed last() {
            return entries.getLast();
        }
    }

    BucketListing shape() {
        return call.bucket().listing();
    }

    /** Behind what was shown, which clients send back; null where nothing follows. @param shown empty for the beginning */
    @Nullable
    ListStart after(String shown, @Nullable VersionId version) {
        if (shown.isEmpty()) {
            return new ListStart.Beginning();
        }
        var key = shape().behind(shown);
        if (key.isEmpty()) {
            return null;
        }
        return key.get().isEmpty() ? new ListStart.Beginning() : new ListStart.After(key.get(), version);
    }

    /** What answers listings of a prefix. @throws io.triport.objects.wire.S3Refused ACCESS_DENIED */
    private Function<ObjectQuery, ObjectPage> over(ObjectQuery query) {
        var store = call.store();
        var action =
                query.versions() == ObjectQuery.Versions.CURRENT ? Action.OBJECT_LIST : Action.OBJECT_LIST_VERSIONS;
        if (call.grant().permits(action, new ResourceName(call.bucketText(), query.prefix()))) {
            return store::list;
        }
        return new FilteredListing(store, allowed(action))::list;
    }

    /** Unfinished uploads. @throws io.triport.objects.wire.S3Refused ACCESS_DENIED */
    UploadPage uploads(UploadQuery query) {
        var uploads = call.store().uploads();
        return call.grant().permits(Action.UPLOAD_LIST, new ResourceName(call.bucketText(), query.prefix()))
                ? uploads.list(query)
                : new FilteredUploads(uploads, allowed(Action.UPLOAD_LIST)).list(query);
    }

    /** Where the caller may list, though not all that was asked for. */
    private Set<KeyPrefix> allowed(Action action) {
        var allowed = shape().extent() == BucketListing.Extent.PERMITTED
                ? call.grant().prefixes(action, call.bucketText())
                : Set.<KeyPrefix>of();
        if (allowed.isEmpty()) {
            throw S3Error.ACCESS_DENIED.refused();
        }
        return allowed;
    }

    /**
     * @param start null for nothing at all
     * @param most entries; 0 for nothing at all
     * @throws io.triport.objects.wire.S3Refused ACCESS_DENIED
     */
    Page page(ObjectQuery query, @Nullable ListStart start, int most) {
        var store = over(query);
        if (start == null || most == 0) {
            return new Page(List.of(), null);
        }
        var next = query.from(start).limitedTo(most);
        while (true) {
            var page = store.apply(next);
            var entries = page.entries().stream().filter(this::visible).toList();
            if (!(page instanceof ObjectPage.More more)) {
                return new Page(entries, null);
            }
            // A page of which the caller may see nothing has no key to go on behind.
            if (!entries.isEmpty()) {
                return new Page(entries, more.next());
            }
            next = next.from(new ListStart.Resumed(more.next()));
        }
    }

    private boolean visible(Listed entry) {
        return !shape().shown(entry.sortedBy().toUtf8()).isEmpty();
    }
}
