package io.triport.kv.remote;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.vector.Index;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.VectorValues;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.util.ArrayList;
import java.util.List;

/** An index that the configuration names. @param fields that filters may ask for */
public record IndexPlan(IndexName name, IndexShape shape, List<MetadataField> fields) {
    private static final Value<PropertyName> PROPERTY =
            new Value<>("a property of metadata, with dots into objects", text -> {
                try {
                    return new PropertyName(text);
                } catch (StorageFailure.Rejected e) {
                    throw new IllegalArgumentException(text, e);
                }
            });

    public IndexPlan {
        fields = List.copyOf(fields);
    }

    static List<IndexPlan> read(Section indexes) {
        return List.copyOf(indexes.each(section -> plan(indexes, section)).values());
    }

    private static IndexPlan plan(Section all, Section section) {
        var dimensions = section.optional(
                        "dimensions", Value.integer(1, VectorValues.MOST), "Values of a vector of the index.")
                .orElseThrow(() -> section.error("dimensions", "none", "1.." + VectorValues.MOST));
        var metric = section.value(
                "metric", Value.oneOf(Metric.values()), "cosine", "How near two vectors of the index are.");
        var fields = new ArrayList<MetadataField>();
        add(
                fields,
                MetadataField.Type.STRING,
                section.list("strings", PROPERTY, "Properties that filters may ask for, as texts."));
        add(fields, MetadataField.Type.NUMBER, section.list("numbers", PROPERTY, "Those that are numbers."));
        add(fields, MetadataField.Type.BOOLEAN, section.list("booleans", PROPERTY, "Those that are true or false."));
        try {
            return new IndexPlan(new IndexName(section.name()), new IndexShape(dimensions, metric), fields);
        } catch (InvalidInput e) {
            throw all.error(section.name(), "not a name of an index", e.expectation());
        }
    }

    private static void add(List<MetadataField> fields, MetadataField.Type type, List<PropertyName> names) {
        names.forEach(name -> fields.add(new MetadataField(name, type)));
    }

    /** Makes it where there is none yet. @throws StorageFailure.Rejected CONFLICT where there is another one of the name */
    public void make(Grant grant, Storage storage) {
        var catalogue = storage.vectorIndexes(grant);
        var index = catalogue.find(name).orElseGet(() -> make(catalogue));
        if (!index.shape().equals(shape)) {
            throw new StorageFailure.Rejected(
                    FailureCode.CONFLICT,
                    "triport.kv.indexes." + name + ": " + shape.dimensions() + " "
                            + shape.metric().text()
                            + " (expected: " + index.shape().dimensions() + " "
                            + index.shape().metric().text() + ", as the index has)");
        }
        var vectors = storage.vectors(grant, name);
        fields.forEach(vectors::indexMetadata);
    }

    /** Nodes that share indexes may start at the same time. */
    private Index make(IndexCatalogue catalogue) {
        try {
            return catalogue.create(name, shape);
        } catch (StorageFailure.Rejected e) {
            return catalogue.find(name).orElseThrow(() -> e);
        }
    }
}
