package io.triport.domain.access;

import io.triport.domain.identity.Action;
import io.triport.domain.request.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Actions on objects and buckets by the names that scopes have for them, and groups of them. */
public final class ActionNames {
    private static final Map<String, Set<Action>> SINGLE = single();
    private static final Map<String, Set<Action>> GROUPS = groups();

    private ActionNames() {}

    /** The actions of a name such as {@code get_object} or a group. @throws InvalidInput for a name that is not known */
    public static Set<Action> parse(String name) {
        var group = GROUPS.get(name);
        var actions = group == null ? SINGLE.get(name) : group;
        if (actions == null) {
            throw new InvalidInput(
                    "action",
                    "one of " + String.join(", ", SINGLE.keySet()) + ", or a group: "
                            + String.join(", ", GROUPS.keySet()));
        }
        return actions;
    }

    /** The actions of several names. @throws InvalidInput for a name that is not known */
    public static Set<Action> parse(Collection<String> names) {
        var actions = EnumSet.noneOf(Action.class);
        names.forEach(name -> actions.addAll(parse(name)));
        return Set.copyOf(actions);
    }

    /** The fewest names that say so; actions that scopes have no names for are left out. */
    public static List<String> of(Set<Action> actions) {
        var names = new ArrayList<String>();
        var left = EnumSet.noneOf(Action.class);
        left.addAll(actions);
        for (var named : List.of(GROUPS, SINGLE)) {
            named.forEach((name, meant) -> {
                if (left.containsAll(meant)) {
                    names.add(name);
                    left.removeAll(meant);
                }
            });
        }
        return List.copyOf(names);
    }

    private static Map<String, Set<Action>> single() {
        var names = new LinkedHashMap<String, Set<Action>>();
        names.put("get_object", Set.of(Action.OBJECT_GET));
        names.put("get_object_version", Set.of(Action.OBJECT_GET_VERSION));
        names.put("head_object", Set.of(Action.OBJECT_HEAD));
        names.put("put_object", Set.of(Action.OBJECT_PUT));
        names.put("delete_object", Set.of(Action.OBJECT_DELETE));
        names.put("delete_object_version", Set.of(Action.OBJECT_DELETE_VERSION));
        names.put("list_bucket", Set.of(Action.OBJECT_LIST));
        names.put("list_bucket_versions", Set.of(Action.OBJECT_LIST_VERSIONS));
        names.put("list_multipart_uploads", Set.of(Action.UPLOAD_LIST));
        names.put("create_multipart_upload", Set.of(Action.UPLOAD_START));
        names.put("upload_part", Set.of(Action.UPLOAD_PUT_PART));
        names.put("complete_multipart_upload", Set.of(Action.UPLOAD_COMPLETE));
        names.put("abort_multipart_upload", Set.of(Action.UPLOAD_ABORT));
        names.put("list_parts", Set.of(Action.UPLOAD_LIST_PARTS));
        names.put("get_object_tagging", Set.of(Action.OBJECT_GET_TAGS));
        names.put("put_object_tagging", Set.of(Action.OBJECT_PUT_TAGS));
        names.put("delete_object_tagging", Set.of(Action.OBJECT_DELETE_TAGS));
        names.put("get_bucket_config", Set.of(Action.BUCKET_GET_CONFIG));
        names.put("put_bucket_config", Set.of(Action.BUCKET_PUT_CONFIG));
        names.put("create_bucket", Set.of(Action.BUCKET_CREATE));
        names.put("delete_bucket", Set.of(Action.BUCKET_DELETE));
        return names;
    }

    private static Map<String, Set<Action>> groups() {
        var all = EnumSet.noneOf(Action.class);
        SINGLE.values().forEach(all::addAll);
        var groups = new LinkedHashMap<String, Set<Action>>();
        groups.put("*", Set.copyOf(all));
        groups.put(
                "read",
                Set.of(
                        Action.OBJECT_GET,
                        Action.OBJECT_GET_VERSION,
                        Action.OBJECT_HEAD,
                        Action.OBJECT_LIST,
                        Action.OBJECT_LIST_VERSIONS,
                        Action.OBJECT_GET_TAGS,
                        Action.BUCKET_GET_CONFIG));
        var multipart = Set.of(
                Action.UPLOAD_START,
                Action.UPLOAD_PUT_PART,
                Action.UPLOAD_COMPLETE,
                Action.UPLOAD_ABORT,
                Action.UPLOAD_LIST,
                Action.UPLOAD_LIST_PARTS);
        var write = EnumSet.of(
                Action.OBJECT_PUT,
                Action.OBJECT_DELETE,
                Action.OBJECT_DELETE_VERSION,
                Action.OBJECT_PUT_TAGS,
                Action.OBJECT_DELETE_TAGS);
        // Who may write may write long objects too, which clients send in parts by themselves.
        write.addAll(multipart);
        groups.put("write", Set.copyOf(write));
        groups.put("multipart", multipart);
        return groups;
    }
}
