package org.continuo.bridge.os;

/**
 * What the system said to a request.
 *
 * @param granted whether what was asked for, or the next best, is in force
 * @param words what is in force, or why nothing is; fits into a line
 */
public record Grant(boolean granted, String words) {
    static Grant of(String words) {
        return new Grant(true, words);
    }

    static Grant refused(String words) {
        return new Grant(false, words);
    }

    /** Where native calls cannot be made at all. */
    static Grant unreachable(LinkageError problem) {
        return refused("no native calls here (" + problem.getMessage() + ")");
    }
}
