"""Every table of the system, on one page: for migrations, and for tests that compare models and database."""

import shared.awards.models
import shared.events.models
import shared.notifications.models
import shared.payments.models
import shared.people.models
import shared.programmes.models
import shared.queue.models
import shared.renditions.models
import shared.reviews.models
import shared.submissions.models
import shared.validation.models  # noqa: F401  # imported to be registered
from shared.database import Base

metadata = Base.metadata
