package dev.pushwire;

import dev.pushwire.api.ApiErrors;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** All that the service answers looks like the API: also where there is no such path. */
@RestControllerAdvice
final class ServiceErrors extends ApiErrors {}
