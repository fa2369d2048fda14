package io.triport.storage.object;

import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.Tags;
import java.util.Optional;

/** Tags, which lie in the rows of their objects. */
record EmbeddedTagging(ObjectIndex index) implements ObjectTagging {
    @Override
    public Optional<Tags> get(ObjectRef object) {
        return index.read(rows -> ObjectReads.find(rows, object))
                .flatMap(row -> Optional.ofNullable(row.object()))
                .map(StoredObject::tags);
    }

    @Override
    public boolean put(ObjectRef object, Tags tags) {
        return index.write(changes -> {
            var present = ObjectReads.find(changes, object).filter(row -> !row.marker());
            present.ifPresent(row -> changes.replaceTags(row.number(), tags));
            return present.isPresent();
        });
    }
}
