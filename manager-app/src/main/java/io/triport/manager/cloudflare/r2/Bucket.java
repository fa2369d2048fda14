package io.triport.manager.cloudflare.r2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.StorageClass;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.document.Form;
import java.util.Map;
import java.util.Set;

/**
 * A bucket that a caller has made.
 *
 * @param folder of its objects
 * @param createdAt when it was made, as text
 * @param location where its maker wanted it, which is told and has no effect; empty for nowhere
 * @param objects the storage class of objects that name none
 */
record Bucket(String folder, String createdAt, String location, StorageClass objects) {
    /** The kind of its documents, whose ids are names of buckets. */
    static final String KIND = "r2-bucket";

    static final Form<Bucket> FORM = new Form<>() {
        @Override
        public Bucket read(Fields fields) {
            return new Bucket(
                    fields.required("folder"),
                    fields.required("created_at"),
                    fields.text("location").orElse(""),
                    named(fields.required("storage_class")));
        }

        @Override
        public ObjectNode write(Bucket bucket) {
            return Json.object()
                    .put("folder", bucket.folder)
                    .put("created_at", bucket.createdAt)
                    .put("location", bucket.location)
                    .put("storage_class", name(bucket.objects));
        }
    };

    private static final Set<String> LOCATIONS = Set.of("apac", "eeur", "enam", "weur", "wnam", "oc");
    private static final Map<String, StorageClass> CLASSES =
            Map.of("Standard", StorageClass.STANDARD, "InfrequentAccess", new StorageClass("STANDARD_IA"));

    Bucket with(StorageClass other) {
        return new Bucket(folder, createdAt, location, other);
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a place that Cloudflare does not have */
    static String location(String hint) {
        if (!LOCATIONS.contains(hint)) {
            throw Fields.invalid("locationHint", "apac, eeur, enam, weur, wnam or oc");
        }
        return hint;
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    static StorageClass named(String name) {
        var found = CLASSES.get(name);
        if (found == null) {
            throw Fields.invalid("storage class", "Standard or InfrequentAccess");
        }
        return found;
    }

    static String name(StorageClass objects) {
        return objects.equals(StorageClass.STANDARD) ? "Standard" : "InfrequentAccess";
    }

    ObjectNode shown(BucketName name) {
        var json = Json.object()
                .put("name", name.text())
                .put("creation_date", createdAt)
                .put("jurisdiction", BucketShelf.JURISDICTION)
                .put("storage_class", name(objects));
        return location.isEmpty() ? json : json.put("location", location);
    }
}
