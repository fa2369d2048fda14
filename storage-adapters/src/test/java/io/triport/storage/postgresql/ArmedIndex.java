package io.triport.storage.postgresql;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.CopyOptions;
import io.triport.domain.object.CopyOutcome;
import io.triport.domain.object.CopySource;
import io.triport.domain.object.DeleteOutcome;
import io.triport.domain.object.GetOutcome;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.ObjectTagging;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.PutOutcome;
import io.triport.domain.object.ReadOptions;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.Content;
import io.triport.storage.object.ObjectChanges;
import io.triport.storage.object.ObjectIndex;
import io.triport.storage.object.ObjectRows;
import io.triport.storage.shared.BytesLedger;
import io.triport.storage.shared.SharedIndex;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** An index and a store of bytes that tell of each step of a write, such as the second {@code commit}, before it is answered. */
final class ArmedIndex {
    /** Said when it was announced, when its bytes are there, when all but the commit is done, and when that is done too. */
    static final List<String> STEPS = List.of(
            "announced 1",
            "put 1",
            "commit 1",
            "committed 1",
            "announced 2",
            "put 2",
            "commit 3",
            "committed 3",
            "announced 3",
            "put 3",
            "commit 4",
            "commit 5",
            "committed 5",
            "commit 6",
            "committed 6");

    private final Consumer<String> steps;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** @param steps hears of each */
    ArmedIndex(Consumer<String> steps) {
        this.steps = steps;
    }

    SharedIndex armed(SharedIndex index) {
        return new SharedIndex(new Rows(index.rows()), new Ledger(index.bytes()));
    }

    ObjectStore armed(ObjectStore store) {
        return new Store(store);
    }

    private void reached(String step) {
        steps.accept(step + " " + counts.merge(step, 1, Integer::sum));
    }

    private final class Rows implements ObjectIndex {
        private final ObjectIndex index;

        private Rows(ObjectIndex index) {
            this.index = index;
        }

        @Override
        public <R> R read(Function<ObjectRows, R> work) {
            return index.read(work);
        }

        @Override
        public <R> R write(Function<ObjectChanges, R> work) {
            var done = index.write(changes -> {
                var result = work.apply(changes);
                reached("commit");
                return result;
            });
            reached("committed");
            return done;
        }

        @Override
        public Reading reading() {
            return index.reading();
        }

        @Override
        public boolean shared() {
            return index.shared();
        }

        @Override
        public int mostWithRow() {
            return index.mostWithRow();
        }

        @Override
        public boolean answers() {
            return index.answers();
        }

        @Override
        public CursorSeal cursors() {
            return index.cursors();
        }

        @Override
        public void close() {
            index.close();
        }
    }

    private final class Ledger implements BytesLedger {
        private final BytesLedger ledger;

        private Ledger(BytesLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public void announce(String name) {
            ledger.announce(name);
            reached("announced");
        }

        @Override
        public List<String> announced() {
            return ledger.announced();
        }

        @Override
        public void giveUp(List<String> names) {
            ledger.giveUp(names);
        }

        @Override
        public void discard(String name) {
            ledger.discard(name);
        }

        @Override
        public boolean turn() {
            return ledger.turn();
        }

        @Override
        public List<String> leftOver(int most) {
            return ledger.leftOver(most);
        }

        @Override
        public void removed(List<String> names) {
            reached("removed");
            ledger.removed(names);
        }
    }

    private final class Store implements ObjectStore {
        private final ObjectStore store;

        private Store(ObjectStore store) {
            this.store = store;
        }

        @Override
        public HeadOutcome head(ObjectRef object) {
            return store.head(object);
        }

        @Override
        public GetOutcome get(ObjectRef object, ReadOptions options) {
            return store.get(object, options);
        }

        @Override
        public PutOutcome put(ObjectKey key, Content content, WriteOptions options) {
            var outcome = store.put(key, content, options);
            reached("put");
            return outcome;
        }

        @Override
        public CopyOutcome copy(CopySource source, ObjectKey target, CopyOptions options) {
            return store.copy(source, target, options);
        }

        @Override
        public List<DeleteOutcome> delete(List<ObjectRef> objects, Conditions conditions) {
            return store.delete(objects, conditions);
        }

        @Override
        public ObjectTagging tagging() {
            return store.tagging();
        }

        @Override
        public ObjectPage list(ObjectQuery query) {
            return store.list(query);
        }

        @Override
        public ObjectUploads uploads() {
            return store.uploads();
        }
    }
}
