package dev.pushwire.push;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the topics that have subscribers on this node, by name.
 *
 * @param next what to go on behind, for there may be more; null when there are none
 */
public record TopicPage(List<TopicStatus> topics, @Nullable String next) {}
