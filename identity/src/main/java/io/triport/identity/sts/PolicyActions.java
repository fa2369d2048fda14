package io.triport.identity.sts;

import io.triport.domain.identity.Action;
import io.triport.domain.identity.Glob;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Actions as policies name them (Actions, resources, and condition keys for Amazon S3). Some of ours stand for several of theirs;
 * they are meant only where all of these are.
 */
final class PolicyActions {
    private static final Map<Action, Set<String>> NAMES = Map.ofEntries(
            Map.entry(Action.OBJECT_GET, Set.of("s3:getobject")),
            Map.entry(Action.OBJECT_HEAD, Set.of("s3:getobject")),
            Map.entry(Action.OBJECT_GET_VERSION, Set.of("s3:getobjectversion")),
            Map.entry(Action.OBJECT_PUT, Set.of("s3:putobject")),
            Map.entry(Action.UPLOAD_START, Set.of("s3:putobject")),
            Map.entry(Action.UPLOAD_PUT_PART, Set.of("s3:putobject")),
            Map.entry(Action.UPLOAD_COMPLETE, Set.of("s3:putobject")),
            Map.entry(Action.UPLOAD_ABORT, Set.of("s3:abortmultipartupload")),
            Map.entry(Action.UPLOAD_LIST_PARTS, Set.of("s3:listmultipartuploadparts")),
            Map.entry(Action.OBJECT_DELETE, Set.of("s3:deleteobject")),
            Map.entry(Action.OBJECT_DELETE_VERSION, Set.of("s3:deleteobjectversion")),
            Map.entry(Action.OBJECT_GET_TAGS, Set.of("s3:getobjecttagging")),
            Map.entry(Action.OBJECT_PUT_TAGS, Set.of("s3:putobjecttagging")),
            Map.entry(Action.OBJECT_DELETE_TAGS, Set.of("s3:deleteobjecttagging")),
            Map.entry(Action.OBJECT_LIST, Set.of("s3:listbucket")),
            Map.entry(Action.OBJECT_LIST_VERSIONS, Set.of("s3:listbucketversions")),
            Map.entry(Action.UPLOAD_LIST, Set.of("s3:listbucketmultipartuploads")),
            Map.entry(
                    Action.BUCKET_GET_CONFIG,
                    Set.of(
                            "s3:getbucketlocation",
                            "s3:getbucketversioning",
                            "s3:getbucketcors",
                            "s3:getbuckettagging",
                            "s3:getbucketacl")),
            Map.entry(
                    Action.BUCKET_PUT_CONFIG,
                    Set.of("s3:putbucketversioning", "s3:putbucketcors", "s3:putbuckettagging")),
            Map.entry(Action.BUCKET_CREATE, Set.of("s3:createbucket")),
            Map.entry(Action.BUCKET_DELETE, Set.of("s3:deletebucket")));

    /** Those that a policy allows on a bucket; all others it allows on objects. */
    static final Set<Action> ON_BUCKETS = Set.of(
            Action.OBJECT_LIST,
            Action.OBJECT_LIST_VERSIONS,
            Action.UPLOAD_LIST,
            Action.BUCKET_GET_CONFIG,
            Action.BUCKET_PUT_CONFIG,
            Action.BUCKET_CREATE,
            Action.BUCKET_DELETE);

    private PolicyActions() {}

    /** @throws StsRefusal for a name or pattern that no action is meant by, or that means a part of one */
    static Set<Action> meant(List<String> patterns) {
        var named = new HashSet<String>();
        for (var pattern : patterns) {
            var glob = Glob.parse(pattern.toLowerCase(Locale.ROOT));
            var matching = NAMES.values().stream()
                    .flatMap(Set::stream)
                    .filter(glob::matches)
                    .toList();
            if (matching.isEmpty()) {
                throw SessionPolicy.malformed("an action that is not known");
            }
            named.addAll(matching);
        }
        var actions = EnumSet.noneOf(Action.class);
        var expressed = new HashSet<String>();
        NAMES.forEach((action, names) -> {
            if (named.containsAll(names)) {
                actions.add(action);
                expressed.addAll(names);
            }
        });
        if (!expressed.containsAll(named)) {
            throw SessionPolicy.malformed("an action on the settings of buckets without the others");
        }
        return actions;
    }
}
