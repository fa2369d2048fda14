package io.triport.manager.search;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.KeyArea;
import io.triport.domain.table.KeyCatalogue;
import io.triport.domain.table.KeyRecord;
import io.triport.domain.table.KeyTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * One level of the keys of some parts of a namespace.
 *
 * @param parts in byte order, none within another, all below the level
 */
record OwnTree(KeyCatalogue catalogue, NamespaceTitle title, List<KeyPrefix> parts) {
    /** @param query whose area is the level */
    KeyTree level(KeyTree.Query query) {
        if (parts.equals(List.of(query.area().prefix()))) {
            return catalogue.tree(query);
        }
        var level = new Level(query);
        for (var part : parts) {
            var next = level.add(part);
            if (next.isPresent()) {
                return level.upTo(next.get());
            }
        }
        return level.upTo(Bytes.EMPTY);
    }

    /** A level that grows part by part. */
    private final class Level {
        private final KeyTree.Query query;
        private final LinkedHashMap<Bytes, Long> branches = new LinkedHashMap<>();
        private final List<KeyRecord> leaves = new ArrayList<>();

        private Level(KeyTree.Query query) {
            this.query = query;
        }

        /** Where the next page begins when this one is full. */
        private Optional<Bytes> add(KeyPrefix part) {
            var branch = branch(part.bytes());
            return branch.isPresent() ? addBranch(branch.get(), part) : addPart(part);
        }

        private Optional<Bytes> addBranch(Bytes branch, KeyPrefix part) {
            if (branch.compareTo(query.from()) < 0) {
                return Optional.empty();
            }
            var keys = catalogue.totals(new KeyArea(title, part)).keys();
            if (keys == 0) {
                return Optional.empty();
            }
            if (full() && !branches.containsKey(branch)) {
                return Optional.of(branch);
            }
            branches.merge(branch, keys, Long::sum);
            return Optional.empty();
        }

        private Optional<Bytes> addPart(KeyPrefix part) {
            var from = query.from();
            if (from.compareTo(part.bytes()) > 0 && !part.covers(from)) {
                return Optional.empty();
            }
            if (full()) {
                return Optional.of(part.bytes());
            }
            var page = catalogue.tree(new KeyTree.Query(
                    new KeyArea(title, part),
                    query.delimiter(),
                    part.covers(from) ? from : Bytes.EMPTY,
                    query.limit() - branches.size() - leaves.size()));
            page.branches().forEach(found -> branches.merge(found.prefix().bytes(), found.keys(), Long::sum));
            leaves.addAll(page.leaves());
            return page.next().isEmpty() ? Optional.empty() : Optional.of(page.next());
        }

        private boolean full() {
            return branches.size() + leaves.size() == query.limit();
        }

        /** That in which a whole part lies, where the part goes on behind a delimiter. */
        private Optional<Bytes> branch(Bytes part) {
            var delimiter = Bytes.utf8(query.delimiter());
            var begin = query.area().prefix().bytes().size();
            for (var at = begin; at + delimiter.size() <= part.size(); at++) {
                if (part.slice(at, at + delimiter.size()).equals(delimiter)) {
                    return Optional.of(part.slice(0, at + delimiter.size()));
                }
            }
            return Optional.empty();
        }

        private KeyTree upTo(Bytes next) {
            var found = branches.entrySet().stream()
                    .map(entry -> new KeyTree.Branch(new KeyPrefix(entry.getKey()), entry.getValue()))
                    .toList();
            return new KeyTree(found, leaves, next);
        }
    }
}
