package io.triport.objects.stored;

import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.Tags;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.ConfigError;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketChanges;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.bucket.ConfiguredBuckets;
import io.triport.objects.bucket.CorsRule;
import io.triport.objects.config.LiveProvider;
import io.triport.objects.config.Providers;
import io.triport.objects.config.StoredSettings.NewBuckets;
import io.triport.objects.wire.S3Error;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Buckets that are stored, as requests change them. */
public final class StoredBuckets implements BucketChanges {
    /*
     * Places
     *
     * A bucket that a request makes gets a directory that no bucket had before, though it may have the name of an earlier one: what
     * somebody left behind must not be found in it. Unless somebody gave it to a second bucket, the directory goes with the first.
     */
    private static final int PLACE_BYTES = 8;
    private static final String MADE = "[0-9a-f]{16}";

    private final StoredDocuments documents;
    private final Readers readers;
    private final LiveProvider file;
    private final Buckets all;
    private final NewBuckets fresh;
    private final Clock clock;
    private final Randomness randomness;

    /** @param all beside which new ones are made; those of the file have names that nothing that is stored may have */
    public StoredBuckets(Storeroom storeroom, Providers all, Clock clock, Randomness randomness) {
        this.documents = storeroom.documents();
        this.readers = storeroom.readers();
        this.file = all.file();
        this.all = all;
        this.fresh = storeroom.settings().newBuckets();
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public void requireMaking() {
        // they are made here
    }

    @Override
    public boolean add(BucketName name, String owner) {
        var document = placed(Document.empty().with("name", name.text()), name)
                .with("owner", owner)
                .with(
                        "created_at",
                        clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        return file.find(name).isEmpty()
                && documents.add(Kind.BUCKET, name.text(), document).isPresent();
    }

    private Document placed(Document document, BucketName name) {
        return switch (fresh) {
            case NewBuckets.InMemory memory -> document.with("backend_type", "memory");
            case NewBuckets.OnDisk(var root) ->
                document.with("backend_type", "fs")
                        .with("backend_options", Document.empty().with("root", root(root, name)));
        };
    }

    private String root(String below, BucketName name) {
        return below + "/" + name + "-"
                + Bytes.copyOf(randomness.bytes(PLACE_BYTES)).toHex();
    }

    @Override
    public void set(BucketName name, Versioning versioning) {
        change(name, document -> document.with("versioning", versioning.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void set(BucketName name, List<CorsRule> rules) {
        var items = rules.stream().map(StoredBuckets::rule).toList();
        change(name, document -> items.isEmpty() ? document.without("cors") : document.with("cors", items));
    }

    private static Document rule(CorsRule rule) {
        var document = Document.empty()
                .withTexts("allowed_origins", rule.origins())
                .withTexts("allowed_methods", rule.methods())
                .withTexts("allowed_headers", rule.headers())
                .withTexts("expose_headers", rule.exposed())
                .with("max_age_seconds", Integer.toString(rule.maxAgeSeconds()))
                .with("allow_credentials", Boolean.toString(rule.credentials() == CorsRule.Credentials.ALLOWED));
        return rule.id().isEmpty() ? document : document.with("id", rule.id());
    }

    @Override
    public void set(BucketName name, Tags tags) {
        var entries = Document.empty();
        for (var tag : new TreeMap<>(tags.entries()).entrySet()) {
            entries = entries.with(tag.getKey(), tag.getValue());
        }
        var all = entries;
        change(name, document -> document.with("tags", all));
    }

    /** What is set is judged as the same words in a file would be. */
    private void change(BucketName name, UnaryOperator<Document> change) {
        if (file.find(name).isPresent()) {
            throw ConfiguredBuckets.refusal();
        }
        var changed = documents.change(Kind.BUCKET, name.text(), document -> readable(change.apply(document)));
        if (changed.isEmpty()) {
            throw S3Error.NO_SUCH_BUCKET.refused();
        }
    }

    private Document readable(Document document) {
        try {
            readers.bucket(document.section(), role -> true);
            return document;
        } catch (ConfigError e) {
            throw new InvalidInput("setting", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ObjectStores.Place place(Bucket bucket) {
        var name = bucket.name();
        if (file.find(name).isPresent()) {
            throw ConfiguredBuckets.refusal();
        }
        return switch (bucket.binding().backend()) {
            case Backend.Memory memory -> ObjectStores.Place.OWN;
            case Backend.FileSystem(var root, var flush) ->
                alone(name, root) ? ObjectStores.Place.OWN : ObjectStores.Place.SHARED;
            case Backend.S3 remote -> ObjectStores.Place.SHARED;
            case Backend.Indexed indexed -> ObjectStores.Place.SHARED;
        };
    }

    private boolean alone(BucketName name, String root) {
        var own = root.substring(root.lastIndexOf('/') + 1);
        return own.matches(Pattern.quote(name + "-") + MADE)
                && all.all().stream()
                        .filter(other -> !other.name().equals(name))
                        .noneMatch(
                                other -> other.binding().backend() instanceof Backend.FileSystem(var theirs, var flush)
                                        && theirs.contains(own));
    }

    @Override
    public boolean remove(BucketName name) {
        return documents
                .find(Kind.BUCKET, name.text())
                .filter(documents::remove)
                .isPresent();
    }
}
