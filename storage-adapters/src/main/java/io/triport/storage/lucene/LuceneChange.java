package io.triport.storage.lucene;

import io.triport.domain.vector.MetadataField;
import io.triport.domain.vector.PropertyName;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import java.util.List;
import java.util.Set;

/** What a call does to an index. */
sealed interface LuceneChange {
    /** Those whose id is not there. */
    record Insert(List<Vector> vectors) implements LuceneChange {}

    /** All. */
    record Upsert(List<Vector> vectors) implements LuceneChange {}

    /** Those that are there. */
    record Delete(Set<VectorId> ids) implements LuceneChange {}

    /** A property that vectors which come are found by. */
    record IndexField(MetadataField field) implements LuceneChange {}

    /** A property that vectors are found by no more. */
    record ForgetField(PropertyName property) implements LuceneChange {}

    /** Those that are there, as they are, with all properties that they are found by. */
    record Rewrite(List<VectorId> ids) implements LuceneChange {}
}
